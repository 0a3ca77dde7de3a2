"""Proper names that English spells in its own way."""

_TABLE = """
Việt Nam=Vietnam,Vietnamese,Viet Nam; Hà Nội=Hanoi; Đà Nẵng=Da Nang; Huế=Hue; Hải Phòng=Hai Phong,Haiphong
Cần Thơ=Can Tho; Hồ Chí Minh=Ho Chi Minh; Sài Gòn=Saigon; Tây Nguyên=Central Highlands
Bác Hồ=Uncle Ho,Uncle Hồ,President Ho; Lào=Laos,Lao,Laotian; Tây Bắc=Northwest,northwestern,north-west
Đông Bắc=Northeast,northeastern,north-east; Đông Nam=Southeast,southeastern; Tây Nam=Southwest,southwestern
Bắc Bộ=Northern,North,Tonkin; Nam Bộ=Southern,South; Trung Bộ=Central; Nam Trung Bộ=South Central,Southern Central
Bắc Trung Bộ=North Central,Northern Central; Tây Nam Bộ=Southwest,southwestern,Mekong Delta
Đông Nam Bộ=Southeast,southeastern; Trung Trung Bộ=Central; Biển Đông=East Sea,South China Sea; Biển Tây=West Sea
Hoàng Sa=Paracel; Trường Sa=Spratly; Campuchia=Cambodia; Cam-pu-chia=Cambodia; Trung Quốc=China,Chinese
Thái Lan=Thailand,Thai; Nhật Bản=Japan; Nhật=Japan; Hàn Quốc=Korea,Korean,Seoul; Triều Tiên=Korea,Korean,DPRK
Đài Loan=Taiwan; Hồng Kông=Hong Kong; Hong Kong=Hong Kong; Ma Cao=Macau,Macao; Mông Cổ=Mongolia; Ấn Độ=India
Miến Điện=Myanmar,Burm; Mi-an-ma=Myanmar; In-đô-nê-xi-a=Indonesia; Xin-ga-po=Singapore; Ma-lai-xi-a=Malaysia
Phi-líp-pin=Philippines; Philippines=Philippine,Filipin; Đông Timor=Timor; Mỹ=US,U.S.,America,United States
Hoa Kỳ=US,U.S.,America,United States; Anh=Britain,British,UK,England,English; Pháp=France,French; Đức=German
Nga=Russia; Liên Xô=Soviet; Ý=Italy,Italian; Italia=Italy,Italian; Tây Ban Nha=Spain,Spanish; Bồ Đào Nha=Portug
Hà Lan=Netherlands,Dutch,Holland; Bỉ=Belgi; Thụy Sĩ=Swiss,Switzerland; Thuỵ Sĩ=Swiss,Switzerland; Thụy Điển=Swed
Na Uy=Norw; Đan Mạch=Denmark,Danish; Phần Lan=Fin; Áo=Austria; Ba Lan=Poland,Polish; Hy Lạp=Greece,Greek
Thổ Nhĩ Kỳ=Turk,Türk; Ai Cập=Egypt; Úc=Australia,Aussie; Australia=Australia; Nam Phi=South Africa; Ả Rập=Arab,Saudi
Ả-rập=Arab; Ả Rập Xê Út=Saudi; Xê Út=Saudi; Nam Mỹ=South America; Bắc Mỹ=North America; Mỹ Latinh=Latin America
Mỹ Latin=Latin America; Châu Á=Asia; Châu Âu=Europe,EU; Châu Phi=Africa; Châu Mỹ=America; Á=Asia; Âu=Europe
Phi=Africa; Đông Á=East Asia; Đông Nam Á=Southeast Asia,South-East Asia,ASEAN,SEA; Đông Âu=Eastern Europe
Tây Âu=Western Europe; Bắc Âu=Nordic,Northern Europe; Trung Đông=Middle East; Bắc Kinh=Beijing; Thượng Hải=Shanghai
Quảng Đông=Guangdong; Quảng Tây=Guangxi; Vân Nam=Yunnan; Bình Nhưỡng=Pyongyang; Viêng Chăn=Vientiane
Phnôm Pênh=Phnom Penh; Đông Dương=Indochin; Thái Bình Dương=Pacific; Đại Tây Dương=Atlantic
Ấn Độ Dương=Indian Ocean; Mê Kông=Mekong; Mê Công=Mekong; Luân Đôn=London; Mát-xcơ-va=Moscow; Moskva=Moscow
Tết=Tet,New Year; Nguyên đán=New Year,Tet; Tết Nguyên Đán=Lunar New Year,Tết,Tet; Trung thu=Mid-Autumn
Giáng Sinh=Christmas; Nô-en=Christmas; Phật giáo=Buddh; Phật Đản=Buddha,Vesak; Hồi giáo=Islam,Muslim
Quan Âm=Guanyin,Avalokit,Quan Âm; Hùng Vương=Hùng Kings,Hung Kings,Hùng King; Mông=Hmong,Mong; Kinh=Kinh; Chăm=Cham
Khmer=Khmer; Khơ Me=Khmer; Khơ-me=Khmer; Trung Hoa=China,Chinese; Nhà Trắng=White House; Lầu Năm Góc=Pentagon
Nhà Xanh=Blue House; Tô Lâm=Tô Lâm; Ukraina=Ukraine; Facebook=Facebook; Olympic=Olympi; Covid=COVID; Syria=Syria
Iran=Iran; Asean=ASEAN; Tân Sơn Nhất=Tan Son Nhat; Nội Bài=Noi Bai; Chiến tranh Lạnh=Cold War; Hằng Nga=Moon
Sông Hồng=Red River; Vịnh Hạ Long=Ha Long Bay,Hạ Long Bay; Hạ Long=Ha Long,Halong; Vạn Lý Trường Thành=Great Wall
Bắc Cực=Arctic; Nam Cực=Antarctic; Nam Á=South Asia; Bắc Á=North Asia; Trung Á=Central Asia; Tây Á=West Asia
Bắc Đại Tây Dương=North Atlantic; Cửu Long=Mekong,Cửu Long; Hòa Kỳ=US,U.S.,America; Đông Xuân=Winter-Spring
Hè Thu=Summer-Autumn; Trung Mỹ=Central America; Bắc Phi=North Africa; Tây Phi=West Africa; Phúc Kiến=Fujian
Phúc Châu=Fuzhou; Thâm Quyến=Shenzhen; Trùng Khánh=Chongqing,Trùng Khánh; Vũ Hán=Wuhan; Hồ Bắc=Hubei; Hồ Nam=Hunan
Hải Nam=Hainan; Quảng Châu=Guangzhou; Nam Ninh=Nanning; Côn Minh=Kunming; Thiên Tân=Tianjin; Nam Kinh=Nanjing
Tây An=Xi'an; Tứ Xuyên=Sichuan; Chiết Giang=Zhejiang; Giang Tô=Jiangsu; Sơn Đông=Shandong; Thanh Đảo=Qingdao
Tây Tạng=Tibet; Tân Cương=Xinjiang; Phật Sơn=Foshan; Hoa Đông=East China; Quý Châu=Guizhou; Hồng=Red; Rumani=Romania
Thiên An Môn=Tiananmen; Dương Tử=Yangtze; Noel=Christmas,Santa; Thành Đô=Chengdu; Giang Tây=Jiangxi
Duy Ngô Nhĩ=Uyghur,Uighur; Việt=Vietnam; Tập Cận Bình=Xi Jinping; Lý Khắc Cường=Li Keqiang; Lý Cường=Li Qiang
Mao Trạch Đông=Mao Zedong; Vương Nghị=Wang Yi; Đài Bắc=Taipei; Khổng Tử=Confuci; Chúc Tết=New Year,Tết
Người Việt=Vietnamese; Nhân dân tệ=yuan; Braxin=Brazil; Viễn Đông=Far East; Vịnh Bắc Bộ=Gulf of Tonkin
Richter=magnitude,Richter; Châu Đại Dương=Oceania; Cao Ly=Korea; Bang=State
Litva=Lithuania; Látvia=Latvia; Séc=Czech; Tiệp Khắc=Czechoslovak; Bungari=Bulgaria; Bun-ga-ri=Bulgaria; Hungari=Hungar
Hung-ga-ri=Hungar; Ru-ma-ni=Romania; Nam Tư=Yugoslav; Xéc-bi-a=Serbia; U-crai-na=Ukrain; Bê-la-rút=Belarus; Krym=Crimea
Crưm=Crimea; Gruzia=Georgia; Ka-dắc-xtan=Kazakh; Áp-ga-ni-xtan=Afghan; Pa-ki-xtan=Pakistan; Băng-la-đét=Bangladesh
Nê-pan=Nepal; Xri Lan-ca=Sri Lanka; Xri Lanka=Sri Lanka; Bru-nây=Brunei; Băng Cốc=Bangkok; Băng-cốc=Bangkok; Xơ-un=Seoul
Tô-ki-ô=Tokyo; Xyri=Syria; Xi-ri=Syria; Irắc=Iraq; I-rắc=Iraq; I-ran=Iran; I-xra-en=Israel; Liban=Leban; Li Băng=Leban
Li-băng=Leban; Cô-oét=Kuwait; Lybia=Libya; Li-bi=Libya; Angiêri=Algeria; An-giê-ri=Algeria; Maroc=Morocc; Marốc=Morocc
Ma-rốc=Morocc; Nam Sudan=South Sudan; Bờ Biển Ngà=Ivory Coast,Ivorian,Côte d'Ivoire; Mêhicô=Mexic; Mehico=Mexic
Mê-hi-cô=Mexic; Bra-xin=Brazil; Achentina=Argentin; Ác-hen-ti-na=Argentin; Chi Lê=Chile; Chi-lê=Chile
Cô-lôm-bi-a=Colombia; Vê-nê-xu-ê-la=Venezuela; Ca-na-đa=Canad; Ô-xtrây-li-a=Australia; Niu Di-lân=New Zealand
Philippin=Philippine,Filipin; Mátxcơva=Moscow; Mạc Tư Khoa=Moscow; Thụy Sỹ=Swiss,Switzerland
Lúc-xăm-bua=Luxembourg; Pa-ri=Paris; Béc-lin=Berlin; Brúc-xen=Brussels; Giơ-ne-vơ=Geneva; Niu Oóc=New York
Bắc Ireland=Northern Ireland,Northern Irish; Do Thái=Jew,Judai,Israel; Bờ Tây=West Bank; Đức Phật=Buddha
Tân Hoa=Xinhua; Tháng Tám=August; Tháng Mười=October; Tiếng Anh=English; Tiếng Việt=Vietnamese
Xianua=cyanid; Asen=arsenic; Natri=sodium; Amoni=ammoni; Cadimi=cadmi; Crom=chrom
"""

EXONYMS = {
    name.strip().lower(): tuple(part.strip() for part in english.split(","))
    for name, english in (pair.split("=") for pair in _TABLE.strip().replace("\n", ";").split(";"))
}
"""Vietnamese name in lower case -> English beginnings, any of which renders it (the name itself always does)."""
