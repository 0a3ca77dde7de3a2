"""Capitalised Vietnamese: the words of titles and bodies, which English translates, places that look so, surnames."""

_OPENERS = """
theo tại ở từ trước sau khi vì do nếu tuy nhưng và với về trong ngoài qua đến để được là có còn cả các những một mỗi
mọi nhiều hiện nay ngày tháng năm sáng chiều tối đêm trưa tuần hôm riêng cùng bên mặc dù song rồi thế vậy như bởi
tôi ta họ nó đây đó này kia ai gì sao ảnh tin video nguồn clip không chưa chẳng đã đang sẽ cũng vẫn đều đối tức nhằm
gần hơn trên dưới giữa suốt lúc mới vừa ngay tiếp bước dịp hay hoặc nói gồm việc cụ
"""

OPENERS = frozenset(_OPENERS.split())
"""Words, in lower case, that open sentences: capitalised without being part of the name they stand beside."""

_HEADS = """
phó bộ tỉnh huyện xã sở ban ông bà chị em cháu cô chú bác quận phường thôn làng bản ấp tổ khu khối xóm ủy đảng đoàn
phòng cty cục vụ viện tòa báo đài tết quỹ trạm hạt cụm đồn mẹ dịch bão số tàu xe máy khoa ngành tờ sang sinh bao
chùa đền đình miếu nhà người trường luật lễ chợ cầu hội hồ sông núi bé tôm than sứ tơ nhóm vai chuyến xanh biển vườn
rừng đập hang thác suối cảng ga bến anh ngài vua pha thuế thầy thánh chúa vợ chồng phim sách khóa
"""

HEADS = OPENERS | frozenset(_HEADS.split())
"""Words, in lower case, that open titles, bodies and sentences; a name may follow them."""

_LANDMARKS = "trường biển cầu chợ hồ sông núi chùa đền đình miếu suối thác đập hang cảng ga bến đảo"

LANDMARKS = frozenset(_LANDMARKS.split())
"""Words, in lower case, before the name of one such place; it may be a single word ("Miếu Môn")."""

_PHRASES = """
nguyên phó; nguyên bí thư; nguyên chủ tịch; nguyên giám đốc; nguyên bộ trưởng; nguyên ủy viên;
chủ tịch; phó chủ tịch; tỉnh ủy; tỉnh uỷ; huyện ủy; thành ủy; thị ủy; đảng ủy; quận ủy; quân ủy; công an; bí thư;
công ty; chính phủ; thủ tướng; quốc hội; trung ương; giám đốc; nhà nước; ủy ban; thường vụ; văn phòng; trung tâm;
bộ trưởng; kiểm tra; thanh tra; tài chính; nội vụ; xây dựng; tài nguyên; trưởng ban; bệnh viện; thường trực;
nghị quyết; môi trường; giao thông; nghị định; quyết định; hội nghị; hội đồng; đảng bộ; tổng cục; tổ chức;
ngân hàng; đầu tư; kế hoạch; đa khoa; tập đoàn; tổng thống; quản lý; thứ trưởng; chấp hành; công thương; kinh tế;
giáo dục; mặt trận; tổ quốc; dự án; cảnh sát; ủy viên; du lịch; chủ nhiệm; nông nghiệp; chi cục; trưởng phòng;
ban bí thư; quốc gia; thành phố; vận tải; đào tạo; quốc phòng; phát triển; tổng bí thư; khoa học; tổng biên tập;
tổng lãnh sự; khung đối tác; đội tuần tra; cố vấn; thần tài; mặt trời; cơ quan; đại học; tư pháp; xã hội; nhà máy;
trưởng đoàn; đại hội; thương mại; thông tin; công trình; chương trình; thủ đô; chỉ huy; quy hoạch; lễ hội; hồi giáo;
cộng hòa; thông tư; hiệu trưởng; bộ luật; nguyên đán; cổ phần; hợp tác; cục trưởng; văn hóa; hiệp hội; tuyên giáo;
đại sứ; pháp chế; đề án; liên minh; tiểu học; quốc lộ; kiểm lâm; công nghệ; đại biểu; chỉ đạo; truyền thông;
hình sự; dân sự; báo cáo; thương binh; liệt sĩ; liệt sỹ; ngân sách; chỉ thị; bảo hiểm; ngoại giao; quân sự;
chính sách; chánh án; chánh thanh tra; đoàn chủ tịch; chi nhánh; đài truyền hình; thủy sản; kỳ họp; thể thao;
tín nhiệm; dân vận; báo chí; biên phòng; đăng kiểm; mầm non; dân tộc; tôn giáo; công nghiệp; đồng bằng; thế giới;
dân chủ; đường bộ; đường sắt; điện lực; quốc tế; phòng chống; liên đoàn; doanh nghiệp; tổng thư ký; trung học;
cơ sở; phổ thông; phu nhân; nội chính; lãnh đạo; công viên; anh hùng; viện trưởng; nghiên cứu; văn bản; tòa án;
thư ký; nông dân; luật sư; đảng viên; tờ trình; lữ đoàn; trung đoàn; sư đoàn; luật gia; kỹ thuật; di sản; bộ đội;
đất đai; cộng sản; kiểm toán; kiểm sát; nhân dân; thủy điện; nhiệt điện; phó phòng; hội thảo; hiện nay; công văn;
thanh niên; thiếu niên; thiếu nhi; phụ nữ; cựu chiến binh; thượng tá; đại tá; trung tá; thiếu tá; thượng tướng;
trung tướng; thiếu tướng; đại úy; đại tướng; thượng úy; tối cao; thông tấn; quy chế; huân chương; vụ trưởng;
liên bang; đăng ký; vườn quốc gia; hồi sức; bằng khen; liên hiệp; liên hợp quốc; vi phạm; tư vấn; tư lệnh; quân khu;
nhà báo; lâm nghiệp; hải quân; hải quan; lực lượng; liên quan; liên danh; hậu cần; giấy chứng nhận; dịch vụ; chi bộ;
bảo tàng; thành đoàn; tỉnh đoàn; huyện đoàn; đoàn thanh niên; xí nghiệp; vương quốc; thị xã; thị trấn; quảng trường;
quân chủng; phó hiệu trưởng; nông thôn; nông thôn mới; nghĩa trang; hiệp định; công tác; bảo vệ; quân đội;
liên hoan; đạo luật; đơn vị; tạp chí; trưởng khoa; tiếng nói; thống đốc; quy định; nhà hát; ngày hội;
đồn biên phòng; xúc tiến; viễn thông; bưu chính; bưu điện; tố tụng; thủ trưởng; thời gian; thượng viện; hạ viện;
quy tắc; sản xuất; quản trị; phật giáo; phật tử; công giáo; tin lành; bảo lãnh; phòng không; không quân; kết luận;
khoáng sản; khai thác; hội trường; hội chợ; hoa hậu; giáo sư; giao dịch; dự thảo; dầu khí; diễn đàn; di tích;
công binh; chủ đầu tư; chỉ số; đội trưởng; địa ốc; đảng đoàn; tuần lễ; trụ sở; trị sự; trách nhiệm; hữu hạn;
thành viên; thống kê; thông báo; tham mưu; kế toán; kiến trúc; hành chính; hiến pháp; dân nguyện; cảnh vệ;
công đoàn; lao động; chiến lược; cao đẳng; trung cấp; tổng hợp; nghệ thuật; hạ tầng; kỳ thi; kiểm soát; hành trình;
hàng không; hàng hải; doanh nhân; cấp nước; cấp cao; công ước; cán sự; cán bộ; chữ thập đỏ; chế biến; bảo tồn;
báo điện tử; bách khoa; độc lập; tự do; hạnh phúc; đồng chí; điều tra; xổ số; kiến thiết; xuất nhập khẩu; nhập khẩu;
việt kiều; thi đua; khen thưởng; thi hành án; phóng viên; phòng khám; giao ban; kỷ luật; kỷ niệm; gặp gỡ; gói thầu;
hội khuyến học; cồng chiêng; cảng vụ; cơ chế; công điện; chính quyền; đổi mới; đối thoại; địa chất; vật liệu;
trạm thu phí; trạm y tế; y tế; triển lãm; toà án; tiểu khu; tiến sĩ; tiến sỹ; thạc sĩ; thạc sỹ; bác sĩ; bác sỹ;
kỹ sư; cử nhân; nghệ nhân; nghệ sĩ; thú y; thủy lợi; sản nhi; nhi khoa; sư phạm; phương án; tập thể; hạng nhất;
hạng nhì; hạng ba; vẻ vang; lao động tiên tiến; chiến sĩ; khí tượng; thủy văn; đo lường; chất lượng; tiêu chuẩn;
sở hữu trí tuệ; sáng tạo; phát thanh; truyền hình; truyền thanh; người cao tuổi; bảo trợ; khuyết tật; mồ côi;
từ thiện; nhân đạo; khuyến nông; khuyến công; khuyến học; giống cây trồng; chăn nuôi; trồng trọt; bảo vệ thực vật;
phòng cháy; chữa cháy; cứu nạn; cứu hộ; tìm kiếm; trật tự; an toàn; an ninh; ma túy; tội phạm; tham nhũng; lãng phí;
dự phòng; giám định; pháp y; tâm thần; y học; cổ truyền; dược liệu; phục hồi; chức năng; dân số; gia đình; hôn nhân;
bình đẳng; tiến bộ; giới tính; trẻ em; người mù; nạn nhân; chất độc; da cam; hữu nghị; đối ngoại; ngoại vụ;
ngoại ngữ; tin học; chính trị; lý luận; hành động; tuyên truyền; vận động; phong trào; cuộc vận động; sổ tay;
sơ kết; tổng kết; hợp tác xã; tổ hợp; câu lạc bộ; thư viện; quỹ tín dụng; chính sách xã hội; người nghèo;
đại đoàn kết; đồng bào; thiểu số; miền núi; miền trung; miền nam; miền bắc; trường sĩ quan; lục quân; pháo binh;
tên lửa; ra đa; tăng thiết giáp; cách mạng; kháng chiến; giải phóng; khởi nghĩa; chiến dịch; chiến thắng;
thống nhất; tổng liên đoàn; tổng công ty; tổng giám đốc; tổng thanh tra; khu du lịch; khu đô thị; khu công nghiệp;
cụm công nghiệp; nhà văn hóa; nhà thi đấu; ngày nay; môi trường đô thị; cấp thoát nước; kinh doanh; bất động sản;
nhà ở; đô thị; thương hiệu; sản phẩm; hàng hóa; chợ đầu mối; đất nước; con người; quê hương; thành tựu; tiềm năng;
hội nhập; phát biểu; báo động; bộ chính trị; trung thu; mùa xuân; đường phố; cao tốc; cao nguyên; nhạc viện;
mỹ thuật; sân khấu; điện ảnh; kịch nói; cải lương; ung bướu; tim mạch; chấn thương; chỉnh hình; phụ sản; nhiệt đới;
huyết học; truyền máu; răng hàm mặt; phương thức; đa phương; nông lâm; đạo phật; quốc xã; thảo cầm viên;
hải sản; thủy hải sản; nuôi trồng; lương thực; thực phẩm; vật tư; thiết bị; cơ khí; luyện kim; than; xăng dầu
"""

PHRASES = frozenset(phrase.strip() for phrase in _PHRASES.replace("\n", " ").split(";"))
"""Words, in lower case, of which the names of bodies, titles and programs consist."""

PAIRS = frozenset(pair for phrase in PHRASES for pair in zip(phrase.split(), phrase.split()[1:], strict=False))
"""Neighbouring syllables of PHRASES."""

_PLACES = """
An Giang; Bà Rịa; Vũng Tàu; Bạc Liêu; Bắc Giang; Bắc Kạn; Bắc Ninh; Bến Tre; Bình Dương; Bình Định; Bình Phước;
Bình Thuận; Cà Mau; Cao Bằng; Cần Thơ; Đà Nẵng; Đắk Lắk; Đắk Nông; Điện Biên; Đồng Nai; Đồng Tháp; Gia Lai;
Hà Giang; Hà Nam; Hà Nội; Hà Tĩnh; Hải Dương; Hải Phòng; Hậu Giang; Hòa Bình; Hưng Yên; Khánh Hòa; Kiên Giang;
Kon Tum; Lai Châu; Lạng Sơn; Lào Cai; Lâm Đồng; Long An; Nam Định; Nghệ An; Ninh Bình; Ninh Thuận; Phú Thọ; Phú Yên;
Quảng Bình; Quảng Nam; Quảng Ngãi; Quảng Ninh; Quảng Trị; Sóc Trăng; Sơn La; Tây Ninh; Thái Bình; Thái Nguyên;
Thanh Hóa; Thừa Thiên; Tiền Giang; Trà Vinh; Tuyên Quang; Vĩnh Long; Vĩnh Phúc; Yên Bái; Hội An; Biên Hòa;
Nha Trang; Đà Lạt; Buôn Ma Thuột; Hà Đông; Cầu Giấy; Nhà Bè; Chợ Lớn; Hồ Chí Minh
"""

PLACES = frozenset(place.strip().lower() for place in _PLACES.replace("\n", " ").split(";"))
"""Provinces and large towns, in lower case: with a word of HEADS or a syllable of PAIRS among them they stay names."""

_SURNAMES = """
Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Lương Trịnh Đoàn Mai Trương Đào
Cao Tạ Lâm Phùng Quách Thái Tô Tống Triệu Vương Chu Châu Hà Lò Lù Giàng Vàng Sùng Thào Y A
"""

SURNAMES = frozenset(_SURNAMES.split())
"""Common surnames: before at least two more syllables they tell a person from a province."""
