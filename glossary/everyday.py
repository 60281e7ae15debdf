"""Words of everyday life, which are frequent in texts and need no term.

Where a dictionary knows parts of speech only nouns need to stand here; in English, any words.
"""

_WORDS = {
    "pl": """
        część czas cyfra data dzień godzina koniec kraj liczba miasto miejsce miesiąc minuta numer
        osoba początek podstawa powód północ południe przykład przypadek raz rok rzecz słowo sposób
        strona tydzień wiek wieczór wzgląd zasada życie okazja okazanie okres sytuacja chwila ciąg
        adres internet mail e-mail telefon infolinia komunikat poradnik porada prasa pytanie rozmowa
        odpowiedź opis nazwa źródło wiadomość artykuł projekt
        budynek piętro parter pokój sala drzwi okienko oko język pomoc praca prośba warunek
        człowiek dziecko rodzic matka ojciec brat siostra mąż żona babcia dziadek wnuk wnuczek
        mężczyzna kobieta rodzina kto nikt
        styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad
        grudzień poniedziałek wtorek środa czwartek piątek sobota niedziela
        ul al os nr tel np pl
    """,
    "en": """
        a about above accept accepted across add after again against all allow allowed almost alone
        along already also although always am among an and another answer any anyone anything apart
        apply are around as ask at attach available away back be because become before begin behind
        below between birth book born both bring building but buy by call can cannot case change
        check child choose city clear close collect come complete concern condition confirm contact
        could count country current data date day decide depend desk detail different do done door
        down during e each early earlier either else email end enough enter especially even evening
        every everyone everything exactly example except father few file fill find finish first five
        floor follow for foreign four free from full further general get give go good great ground
        half hand handle happen have he health hear help her here him his hold home hour house how
        however if important in include information instead into is it its itself join just keep
        kind know language last late later latest law leave less let like line list little live long
        longer look lose lot main make man many matter may me mean meet might minute miss moment
        month more morning most mother move much must my name national near need neither never new
        next nine no none nor not note nothing now number of off often old on once one online only
        open or order ordinary original other our out outside over own page paper parent part past
        pay people per person phone photo pick place please point poland possible post private put
        question quickly ready reason receive right room rule run same say school second see sell
        send separate serve set settle seven several she shop short should show side sign since six
        small so some someone something sometimes soon source speak stand start state stay still
        stop street study such sure system take telephone tell ten than that the their them then
        there these they thing think third this those three through time to today together too
        towards town tuesday turn two type under until unless up us use useful usually valid very
        visit wait want was way we website week well were what whatever when where whether which
        while who whoever whole whom whose why wife will with within without woman word work would
        write wrong year yes yet you young your yourself advice article at birthday border brother
        sister husband son daughter grandparent child guide helpline hotline login member monday
        wednesday thursday friday saturday sunday january february march april june july august
        september october november december
        ul al os no nr tel pl krakow piętro exchange everyday hear anyone unofficial different
        prove travel social
    """,
    "uk": """
        година день дата час кінець країна людина місто місце місяць номер особа початок підстава
        приклад причина раз рік слово спосіб сторінка тиждень частина випадок життя змога межа
        обставина увага цифра
        адреса інтернет сайт пошта телефон лінія джерело прес повідомлення оголошення запитання
        опис порадник довідник політик уж плат треба
        будівля двері кімната поверх зал віконце мова допомога робота робот
        чоловік дитина батько мати брат сестра дружина жінка онук бабуся дідусь дід родина
        січень лютий березень квітень травень червень липень серпень вересень жовтень листопад
        грудень понеділок вівторок середа четвер п'ятниця субота неділя
        вул пр тел
    """,
    "ru": """
        год час день дата время конец страна человек город место месяц номер лицо начало основание
        пример причина раз слово способ страница неделя часть случай жизнь предел обстоятельство
        цифра число частность
        адрес интернет сайт почта телефон линия источник пресс сообщение объявление вопрос описание
        справочник путеводитель политик пора вид момент соображение
        здание дверь комната кабинет этаж зал окно окошко язык помощь работа
        муж жена ребёнок ребенок родитель отец мать брат сестра женщина мужчина внук внучек бабушка
        дедушка семья друг
        январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь понедельник
        вторник среда четверг пятница суббота воскресенье
        ул пр тел
    """,
}

EVERYDAY_WORDS = {language: frozenset(words.split()) for language, words in _WORDS.items()}
