"""Ten short articles in the register of provincial news, written for the tests: headline, blank line, paragraphs."""
# ruff: noqa: E501 (a paragraph is a line)

ARTICLES = (
    """HỘI NGHỊ SƠ KẾT CÔNG TÁC DÂN VẬN QUÝ I

Chiều 14/4, Huyện ủy Đăk Hà tổ chức hội nghị sơ kết công tác dân vận quý I. Dự hội nghị có đồng chí A Byot, Phó Bí thư Thường trực Huyện ủy.

Trong quý, các xã đã xây dựng 18 mô hình “Dân vận khéo”, vượt 20% kế hoạch. Người dân hiến 3.450 m2 đất và góp hơn 600 ngày công để mở rộng đường nội thôn. Tuy vậy, một số nơi còn chậm nắm bắt ý kiến của nhân dân.
""",
    """Mưa lớn gây sạt lở trên quốc lộ

Đêm 2/10, mưa lớn kéo dài làm hơn 400 mét khối đất đá tràn xuống mặt đường tại đèo Lò Xo. Giao thông bị chia cắt trong gần 6 giờ. Lực lượng chức năng đã đưa 3 máy xúc đến hiện trường, tổ chức trực gác ở hai đầu. Đến sáng hôm sau, xe cộ đã đi lại bình thường. Rất may không có thiệt hại về người.
""",
    """KHÁNH THÀNH TRẠM Y TẾ XÃ NGỌC RÉO

Sáng 20/8, Sở Y tế phối hợp với Uỷ ban nhân dân xã khánh thành trạm y tế mới. Công trình có tổng mức đầu tư 5,6 tỷ đồng, gồm 12 phòng chức năng.

Bác sĩ Y Nhung cho biết, trạm sẽ khám, chữa bệnh ban đầu cho khoảng 4.100 người dân của 7 thôn. Phụ nữ mang thai và trẻ em dưới 6 tuổi được theo dõi sức khỏe định kỳ.
""",
    """Cà phê được giá, nông dân phấn khởi

Vụ này, giá cà phê nhân tại các đại lý ở mức 96.000 đồng/kg, cao nhất trong nhiều năm qua. Gia đình ông Nguyễn Văn Thưởng ở thôn 4 thu về hơn 380 triệu đồng từ 2 ha. Ông nói: “Có tiền, tôi trả hết nợ ngân hàng và sửa lại căn nhà cũ”. Ngành nông nghiệp khuyến cáo bà con không ồ ạt mở rộng diện tích.
""",
    """Tuổi trẻ biên giới trồng 10.000 cây xanh

Hưởng ứng Tết trồng cây, Đoàn Thanh niên xã Mô Rai cùng cán bộ, chiến sĩ Đồn Biên phòng ra quân trồng cây dọc tuyến đường tuần tra. Chỉ trong ba ngày, các bạn trẻ đã trồng được 10.000 cây sao đen, bời lời và thông ba lá. Xã giao cho từng chi đoàn chăm sóc, bảo vệ. Mục tiêu là giữ tỷ lệ cây sống trên 90%.
""",
    """ĐỒNG CHÍ CHỦ TỊCH UBND TỈNH KIỂM TRA TIẾN ĐỘ CÁC DỰ ÁN

Ngày 9/5, Chủ tịch UBND tỉnh đi kiểm tra thực địa dự án đường tránh và hồ chứa nước Ia Tun. Theo báo cáo, khối lượng thực hiện mới đạt 41%, giải ngân 127 tỷ đồng. Vướng mắc chủ yếu nằm ở khâu giải phóng mặt bằng: còn 36 hộ chưa nhận tiền đền bù.

Chủ tịch yêu cầu chủ đầu tư và các nhà thầu tăng ca, bảo đảm hoàn thành trước ngày 31/12.
""",
    """Lớp học xóa mù chữ bên dòng Pô Kô

Tối nào cũng vậy, cứ 7 giờ là nhà rông làng Kon Rờ Bàng lại sáng đèn. Hai mươi tám học viên, người trẻ nhất 19, người lớn tuổi nhất 57, miệt mài tập viết từng chữ. Cô giáo Y Hiền dạy bằng cả tiếng Việt lẫn tiếng mẹ đẻ. “Giờ tôi đã tự đọc được giấy mời họp”, bà Y Bưởi khoe. Xã dự kiến mở thêm hai lớp nữa vào đầu năm tới.
""",
    """Xử lý nghiêm các vụ vi phạm lâm luật

Sáu tháng đầu năm, lực lượng kiểm lâm phát hiện 23 vụ vi phạm, giảm 9 vụ so với cùng kỳ. Cơ quan chức năng tịch thu 31,7 m3 gỗ, xử phạt hành chính hơn 200 triệu đồng. Đáng chú ý, hai vụ có dấu hiệu hình sự đã được chuyển sang cơ quan điều tra. Hạt Kiểm lâm đề nghị các chủ rừng siết chặt tuần tra, nhất là ở vùng giáp ranh.
""",
    """Ngày hội Văn hóa các dân tộc thiểu số

Gần 700 nghệ nhân thuộc 6 dân tộc tham gia Ngày hội Văn hóa diễn ra từ 18 đến 20/11. Tiếng cồng, tiếng chiêng vang lên rộn rã trước mái nhà rông. Bên cạnh phần lễ, ban tổ chức còn thi dệt thổ cẩm, tạc tượng gỗ, ẩm thực và bắn nỏ. Đây là dịp để đồng bào gặp gỡ, giữ gìn những nét đẹp truyền thống. Kết thúc, 15 giải nhất đã được trao.
""",
    """ĐẠI HỘI HỘI NÔNG DÂN XÃ ĐĂK KÔI

Đại hội được tổ chức trong hai ngày 6 và 7/3 với 120 đại biểu chính thức. Nhiệm kỳ qua, Hội giúp 94 hộ hội viên vay 4,2 tỷ đồng; có 61 hộ thoát nghèo. Đại hội bầu 13 đồng chí vào Ban Chấp hành khóa mới, ông A Dũng giữ chức Chủ tịch. Nghị quyết đề ra 8 chỉ tiêu, trong đó mỗi năm kết nạp ít nhất 30 hội viên.
""",
)
