"""The built-in base on sentences in the register of provincial news: each match stands in brackets, [~] with a typo."""

import re

import pytest

from vn_summarize.glossary.formats import load_builtin
from vn_summarize.glossary.terms import TermBase

SENTENCES = """
Sáng 12/3, [Thường trực Tỉnh ủy] làm việc với [Ban Thường vụ Huyện ủy] Đăk Rơ Măng về [công tác xây dựng Đảng].
Đồng chí [Bí thư Tỉnh ủy] yêu cầu [cấp ủy, chính quyền các cấp] tập trung [giải ngân vốn đầu tư công].
[Chủ tịch UBND tỉnh] Trần Văn Bền [chủ trì hội nghị] trực tuyến với [UBND các huyện, thành phố].
[Phó Chủ tịch Thường trực UBND tỉnh] cho biết [tỷ lệ giải ngân] đến hết tháng 9 đạt 61%.
Theo [Quyết định số] 45/QĐ-UBND của [UBND xã], [thôn] có 12 [hộ nghèo] và 7 [hộ cận nghèo].
Ông A Thiu, [Trưởng thôn] Kon Rờ, [vận động] [bà con] [hiến đất] làm [đường giao thông nông thôn].
Chị Y Nga là [hộ mới thoát nghèo] nhờ [nguồn vốn vay ưu đãi] của [Ngân hàng Chính sách xã hội].
[Già làng] A Blong nói với [dân làng] rằng phải bỏ [hủ tục], không để con em [tảo hôn].
[Hội Nông dân huyện] phối hợp với [Trung tâm Dịch vụ nông nghiệp] mở [lớp tập huấn] trồng cà phê.
[Ngày hội Đại đoàn kết toàn dân tộc] ở [khu dân cư] [thôn] 3 diễn ra trong không khí vui tươi.
[Ủy ban MTTQ Việt Nam tỉnh] trao 30 [suất quà] cho [hộ nghèo, hộ cận nghèo] [xã biên giới].
[Bộ đội Biên phòng tỉnh] giúp dân sửa nhà, dạy chữ cho [trẻ em] [vùng sâu, vùng xa].
[Công an xã] đã [xử phạt vi phạm hành chính] hai trường hợp buôn bán [hàng giả].
[Đoàn đại biểu Quốc hội tỉnh] [tiếp xúc cử tri] tại [thị trấn] Plei Kần.
[Kỳ họp HĐND tỉnh] khóa XII thông qua 15 [nghị quyết], trong đó có [Nghị quyết] về [giảm nghèo bền vững].
Anh Nguyễn Quốc Hội, [Giám đốc] [hợp tác xã], cho biết [HTX] có 40 thành viên.
Bà Trần Thị Xã Hội được tặng [bằng khen] của [Thủ tướng Chính phủ].
[Hộ nghèo] được cấp [thẻ bảo hiểm y tế]; [hộ cận nghèo] được hỗ trợ 70% mức đóng.
[Xã đạt chuẩn nông thôn mới] năm 2019, nay phấn đấu [đạt chuẩn nông thôn mới nâng cao].
[Chương trình mục tiêu quốc gia phát triển kinh tế - xã hội vùng đồng bào dân tộc thiểu số và miền núi] có 10 dự án.
[Mô hình] nuôi [dê sinh sản] giúp nhiều hộ [vươn lên thoát nghèo].
[Sở Y tế] và [Sở Giáo dục và Đào tạo] ký [kế hoạch] liên tịch về [y tế] trường học.
[Sở Y tế], [Giáo dục và Đào tạo] cùng [vào cuộc] [phòng, chống dịch bệnh].
[Trung tâm Y tế huyện] tổ chức [khám bệnh, cấp thuốc miễn phí] cho [người có công].
[Hạt Kiểm lâm] và các [chủ rừng] tuần tra, ngăn chặn [phá rừng trái phép].
Tiền [chi trả dịch vụ môi trường rừng] được giao cho cộng đồng [thôn, làng].
Nhân dịp [kỷ niệm] [Ngày Thương binh - Liệt sĩ], đoàn [dâng hương] tại [nghĩa trang liệt sĩ] [huyện].
Con đường bê tông dài 2 km do [bà con nhân dân] góp 300 [ngày công] hoàn thành trước [Tết Nguyên đán].
[Người dân] không [trông chờ, ỷ lại] vào sự hỗ trợ của [Nhà nước].
[Phong trào thi đua yêu nước] [lan tỏa] đến từng [thôn bản], [tổ dân phố].
[Anh hùng Lực lượng vũ trang nhân dân] A Tranh kể chuyện cho [thanh niên tình nguyện] nghe.
[Cán bộ, đảng viên và nhân dân] hưởng ứng [Cuộc vận động] “[Toàn dân đoàn kết xây dựng nông thôn mới, đô thị văn minh]”.
[Trường tiểu học] [xã] Ngọc Réo có 120 [học sinh dân tộc thiểu số].
Trong [6 tháng đầu năm], [thu ngân sách nhà nước] [trên địa bàn tỉnh] đạt 2.150 [tỷ đồng].
[Doanh nghiệp] kiến nghị [tháo gỡ khó khăn, vướng mắc] về [giải phóng mặt bằng].
[Phụ nữ] [người Xơ Đăng], [người Gié - Triêng] [dệt thổ cẩm] để bán cho [du khách].
[Đồng bào Ba Na] và [Gia Rai] giữ gìn [văn hóa cồng chiêng] bên [nhà rông].
Con dao, cái gùi là vật không thể thiếu của [người Dao].
Họ Mạc và [người Kinh] ở [làng] Kinh Môn cùng làm [kinh tế hộ gia đình].
[Ban Tổ chức Tỉnh ủy] công bố [quyết định] [luân chuyển cán bộ].
[Ban Tổ chức] trao giải nhất cho đội văn nghệ [thôn] Đăk Mế.
[Ban Tuyên giáo Tỉnh ủy] mở lớp bồi dưỡng cho [tuyên truyền viên].
[Bí thư Chi bộ] [thôn] 2 là [người có uy tín] trong cộng đồng.
[Đảng ủy xã] giao từng [đảng viên] phụ trách nhóm [hộ nghèo].
[Tòa án nhân dân huyện] xét xử vụ [phá rừng], tuyên phạt bị cáo 3 năm tù.
[Viện kiểm sát nhân dân tỉnh] phê chuẩn lệnh bắt của [Cơ quan Cảnh sát điều tra].
[Liên đoàn Lao động tỉnh] thăm [người lao động] tại [khu công nghiệp] Hòa Bình.
[Chi nhánh NHCSXH tỉnh] cho vay [giải quyết việc làm] 12 [tỷ đồng], [dư nợ] đạt 400 [tỷ đồng].
Lãnh đạo [Sở NN&PTNT] kiểm tra công tác phòng chống [dịch tả lợn châu Phi].
[Đường Hồ Chí Minh] và [Quốc lộ] 24 bị [sạt lở] nặng do mưa bão.
Ông Hồ Nghèo và hộ ông đã [thoát nghèo bền vững].
Các hộ, nghèo hay khá, đều góp công.
Tại [xã], [viên chức] [y tế] đến từng nhà để [tiêm vắc xin] phòng [COVID-19].
Nhiều [hộ gia đình chính sách], [đối tượng bảo trợ xã hội] được hỗ trợ [xóa nhà tạm, nhà dột nát].
[Xã] Hòa Bình có [Trạm Y tế xã] đạt chuẩn quốc gia.
[Trường THPT] Lê Lợi và [Trường PTDTNT] [huyện] tuyển 200 [học sinh].
Chủ tịch [Hội Liên hiệp Phụ nữ xã] [vận động] chị em tham gia [tổ tiết kiệm và vay vốn].
[Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh] là nhiệm vụ thường xuyên.
[Huyện nghèo] Tu Mơ Rông có [tỷ lệ hộ nghèo] giảm còn 18,5%.
[Tỉnh đoàn] và [Hội Chữ thập đỏ tỉnh] tổ chức [hiến máu tình nguyện].
[Bộ trưởng, Chủ nhiệm Ủy ban Dân tộc] thăm [đồng bào] [dân tộc thiểu số rất ít người].
[Nhà nước và nhân dân cùng làm], [thôn làng] ngày càng khang trang.
Ông nuôi 50 [con ngan] và [lợn nái], trồng [đinh lăng] dưới tán [cây keo].
[Thượng sĩ] Lê Na bị [quai bị], [Thượng tọa] Thích Minh An đến thăm.
Có 82 hộ sinh sống, trồng rau cải thiện bữa ăn; trường hợp thửa đất này là khác.
Quân đội vốn tập trung đoàn kết, tăng lên đồng thời thay đổi công nghệ.
Ông giữ chức vụ [Trưởng phòng], [xã hội] trưởng thành.
Cơ quan họ ở gần; lịch sử thi đua; phí và giá đỗ xe; một số đề xuất; hiện trường tạm giữ hai xe.
Anh mặc [áo dài tay], chị mặc [áo dài]; bị cáo hưởng [án treo], cầu thủ nhận [án treo giò].
Công tác [cải cách thủ tục hành chính] và [chuyển đổi số] có nhiều [đổi mới].
[Thành phố] Kon Rẫy có 5 [phường], 3 [xã]; [thị xã] Ia Pơ có 4 [phường].
[Chăn nuôi] [gia súc, gia cầm] theo hướng [an toàn thực phẩm] là hướng đi của [hợp tác xã nông nghiệp].
[Thôn trưởng] [báo cáo] [Đảng ủy], [UBND xã] về thiệt hại do [lũ quét].
[Ngân hàng Nông nghiệp và Phát triển nông thôn] chi nhánh [huyện] cho vay sản xuất [nông nghiệp].
[Đại hội đại biểu Đảng bộ tỉnh] lần thứ XVI đề ra [mục tiêu] [tốc độ tăng trưởng kinh tế] 10%/năm.
[Cơ quan chức năng] [cách ly] người về từ vùng dịch theo [quy định].
Cô giáo Trần Nhân Dân dạy ở [Trường mầm non] [xã].
Ông Lê Cán Bộ và bà Phạm Kế Hoạch cùng ký đơn.
Hai [xã nghèo] nhất [huyện] là Đăk Sao và Măng Ri.
[Hội viên] [Hội Cựu chiến binh xã] góp 20 [triệu đồng] xây [nhà tình nghĩa].
[Trẻ em] nghèo được nhận [học bổng] từ Quỹ [khuyến học].
[Tỉ lệ hộ nghèo] là [~đồng bào dân tộc thiểu sô] giảm 4% mỗi năm.
[~Ngân hàng Chính sách xã hộii] [giải ngân] 2 [tỉ đồng] cho [hội viên] [Hội Nông dân].
[Cán bộ] [y tế] [xã] đến từng nhà, [cán bộ] tư pháp [xã] [hướng dẫn] [thủ tục hành chính].
[Cán bộ] [công an tỉnh] cùng [bà con] thu hoạch [lúa nước].
[CÁN BỘ] [Y TẾ] [XÃ] ĐĂK HRING VỀ VỚI [DÂN LÀNG]
Ông Nguyễn Văn Huyện, [Phó Giám đốc] [Sở Tài nguyên và Môi trường], dự [hội nghị].
[Phó Chánh Văn phòng UBND tỉnh] công bố kết luận về [thu ngân sách địa phương].
[Khu du lịch sinh thái] Măng Đen đón 3.000 [du khách] dịp lễ.
Các [khu công nghiệp], xây dựng dân dụng đều gặp khó khăn.
[Các cấp ủy, chính quyền địa phương] đã [vào cuộc] quyết liệt.
"""


@pytest.fixture(scope="module")
def base() -> TermBase:
    return TermBase(load_builtin())


@pytest.mark.parametrize("marked", SENTENCES.strip().splitlines())
def test_each_term_is_found_and_nothing_else(base: TermBase, marked: str) -> None:
    text = re.sub(r"\[~?|\]", "", marked)
    found = text
    for match in reversed(base.find(text)):
        shown = f"[{'~' * match.typo}{match.text}]"
        found = found[: match.start] + shown + found[match.end :]
    assert found == marked


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("Ban Tổ chức Tỉnh ủy", ["Organization Commission of the Provincial Party Committee"]),
        ("Ban Tổ chức hội thi", ["Organizing Committee"]),
        ("Ban Chấp hành Trung ương; Ban Chấp hành Hội", ["Party Central Committee", "Executive Committee"]),
        (
            "Bí thư Trung ương Đảng và Bí thư Chi bộ",
            ["Secretary of the Party Central Committee", "Secretary of the Party cell"],
        ),
        ("Quốc khánh 2/9, ông Trần Quốc Khánh", ["National Day"]),
        ("người Dao dùng dao", ["Dao people"]),
        ("hộ nghèo và cận nghèo", ["poor and near-poor households"]),
    ],
)
def test_the_sense_is_the_right_one(base: TermBase, text: str, targets: list[str]) -> None:
    assert [match.term.target for match in base.find(text)] == targets


def test_a_shared_head_is_not_guessed(base: TermBase) -> None:
    """Nothing is required for the second department: what the English says of it, the reader has to check."""
    assert [match.text for match in base.find("Sở Y tế và Giáo dục")] == ["Sở Y tế"]
