"""Names and words in many scripts; nobody in particular."""

NAMES = {
    "Vietnamese": "Nguyễn Thị Ánh Tuyết",
    "Polish": "Świętosława Żółć",
    "Icelandic": "Þórður Guðmundsdóttir",
    "Turkish": "İğdır Şükrü",  # noqa: RUF001 - these are the letters
    "Greek": "Ευαγγελία Αγγελοπούλου",
    "Russian": "Алёна Щукина",
    "Ukrainian": "Їжакевич Ґанна",
    "Armenian": "Աննա Պետրոսյան",
    "Georgian": "ნინო ბერიძე",
    "Hebrew": "שירה כהן",
    "Arabic": "فاطمة محمد",
    "Persian": "ژاله پورگیلانی",
    "Urdu": "ثناء چوہدری",
    "Hindi": "राजेश्वरी कुमारी",
    "Bengali": "শর্মিলা বন্দ্যোপাধ্যায়",
    "Punjabi": "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
    "Gujarati": "જ્યોતિ પટેલ",
    "Tamil": "தமிழ்ச்செல்வி",
    "Telugu": "శ్రీలక్ష్మి",
    "Kannada": "ಶ್ರೀನಿವಾಸ",
    "Malayalam": "കൃഷ്ണൻ",
    "Sinhala": "ශ්‍රී ලාල්",
    "Thai": "สมใจ ดวงดาว",
    "Lao": "ສົມໃຈ",
    "Khmer": "សុខា ចាន់",
    "Burmese": "အောင်ဆန်း",
    "Amharic": "ሰላም ተስፋዬ",
    "Tibetan": "བསྟན་འཛིན",
    "Chinese, simplified": "张伟 刘洋",
    "Chinese, traditional": "陳麗華 龔",
    "Japanese": "山田 さくら タロウ",
    "Korean": "김철수",
    "Emoji": "👍🏽 ❤️ 👩‍⚕️",
    "Signs": "½ µm ≥ 3 ≤ 5 → ± 37 °C № ☐ ✓",
}

TOLD_IN_ORDER = frozenset(NAMES) - {"Hebrew", "Arabic", "Persian", "Urdu"}
"""A reader of the file gives right-to-left words in an order of its own."""

HOSTILE = (
    '<b>bold</b> <font color="[[].__class__]">x</font> &amp; <para>',
    "=cmd|'/c calc'!A1",
    "(unbalanced ) parenthesis \\( \\) \\r\\n <</Type/Page>> endobj %PDF",
    "abc\u202egnp.exe\u202c \u2066x\u2069",
    "tab\there\r\nnew line\rold line\x0bvertical\x0cfeed\u2028separator",
    "bell\x07 escape\x1b nul\x00 delete\x7f",
    "lone \ud800 surrogate \udfff",
    "private \ue000 unassigned \u0378 beyond \U000e0fff",
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞",
    "x" * 400,
    "\u200b\u200d\ufeff",
    "   ",
)
