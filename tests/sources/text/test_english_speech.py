"""Who says what in an English sentence: one row for each construction of the news."""

from datetime import date

import pytest

from claims import extraction
from sources.text import carriers

ROWS = [
    # the verb after its subject, with and without "that"
    ("Kyiv said it had shot down 20 drones overnight.", [("it had shot down 20 drones overnight", "Kyiv")]),
    ("The finance ministry said on Tuesday that exports had doubled.", [("exports had doubled", "finance ministry")]),
    ("Union minister Nitin Rao on Saturday said the bridge will open by May.", [("the bridge will open by May", "Nitin Rao")]),
    ("Tesla CEO Elon Musk said in a post on X that demand was strong.", [("demand was strong", "Elon Musk")]),
    ("He added there was no evidence of foul play.", [("there was no evidence of foul play", None)]),
    ("Two officials told Reuters that the talks had collapsed.", [("the talks had collapsed", "Two officials")]),
    ("Fed Chair Jane Cole told a press conference that the economy was strong.", [("the economy was strong", "Jane Cole")]),
    ("The head of the agency, Rafael Roe, told the BBC's Today programme that work had begun.", [("work had begun", "Rafael Roe")]),
    ("At a news conference in Geneva, WHO chief Tedros Roe said the outbreak was over.", [("the outbreak was over", "Tedros Roe")]),
    # appositions and relative clauses around the name
    ("Jane Roe, the head of Acme, a maker of cars, said sales had fallen.", [("sales had fallen", "Jane Roe")]),
    (
        "Speaking in Brussels, the EU's top diplomat, Kaja Roe, said the sanctions were working.",
        [("the sanctions were working", "Kaja Roe")],
    ),
    ("A senior officer, who asked not to be named, said three men had been held.", [("three men had been held", "senior officer")]),
    ("Officials who did not wish to be named said the road was shut.", [("the road was shut", "Officials")]),
    ("People familiar with the matter said the deal was close.", [("the deal was close", "People familiar with the matter")]),
    ("“We will not stop,” said one protester, 24-year-old student Ana Ilic.", [("We will not stop", "Ana Ilic")]),
    ("“It's a huge relief,” added Mr Brown, whose son was rescued.", [("It's a huge relief", "Brown")]),
    # quotes around the verb
    (
        "“We are on track,” said Jane Roe, the finance chief of Acme, “and we will hire 300 people.”",
        [("We are on track", "Jane Roe"), ("we will hire 300 people", "Jane Roe")],
    ),
    ("“This is a dark day,” Jane Roe said. “We will rebuild.”", [("This is a dark day", "Jane Roe"), ("We will rebuild", "Jane Roe")]),
    ("Jane Roe said: “There is no money. We will not pay.”", [("There is no money", "Jane Roe"), ("We will not pay", "Jane Roe")]),
    ("“The court was wrong,” a spokeswoman for the council, Mary Roe, said.", [("The court was wrong", "Mary Roe")]),
    ("The mayor said she was “very disappointed” by the vote.", [("she was “very disappointed” by the vote", "mayor")]),
    # the speech after what is said
    ("The number of deaths could rise, officials warned.", [("The number of deaths could rise", "officials")]),
    (
        "More than 200 people were held, including 14 minors, police said.",
        [("More than 200 people were held, including 14 minors", "police")],
    ),
    ("The economy grew 7.8 percent, government data showed on Friday.", [("The economy grew 7.8 percent", "government data")]),
    ("The drug cut deaths by a third, a study in the Lancet suggests.", [("The drug cut deaths by a third", "study in the Lancet")]),
    ("Prices rose in May, according to the Land Registry.", [("Prices rose in May", "Land Registry")]),
    ("According to the World Bank, growth will slow this year.", [("growth will slow this year", "World Bank")]),
    # other complements
    ("The government pledged on Monday to cut emissions by 2035.", [("to cut emissions by 2035", "government")]),
    ("India has pledged to end coal by 2070 and to build 500 dams.", [("to end coal by 2070", "India"), ("to build 500 dams", "India")]),
    ("The senator denied taking bribes from the company.", [("taking bribes from the company", "senator")]),
    ("Toyota announced the closure of two plants in Ohio on Thursday.", [("the closure of two plants in Ohio", "Toyota")]),
    ("The UN put the number of dead at 1,200.", [("The UN put the number of dead at 1,200", "UN")]),
    ("Analysts expect the bank to leave rates unchanged.", [("the bank to leave rates unchanged", "Analysts")]),
    ("The court ruled that the law was void.", [("the law was void", "court")]),
    # nobody signs, or somebody later does
    ("The president is expected to sign the bill on Friday.", [("The president is expected to sign the bill on Friday", None)]),
    ("The bill is expected to pass, a source told AFP.", [("The bill is expected to pass", "source")]),
    ("Jane Roe was quoted as saying the club would appeal.", [("the club would appeal", "Jane Roe")]),
    ("The minister was quoted by the state news agency as saying that the road was shut.", [("the road was shut", "minister")]),
    # position verbs: the act itself is the news
    (
        "The mayor, Sadiq Roe, has called for a ban on wet wipes.",
        [("The mayor, Sadiq Roe, has called for a ban on wet wipes", "Sadiq Roe")],
    ),
    ("The Kremlin dismissed the report as nonsense.", [("The Kremlin dismissed the report as nonsense", "Kremlin")]),
    # several in one sentence
    (
        "Jane Roe said that the deal would create 5,000 jobs and that work would begin in May.",
        [("the deal would create 5,000 jobs", "Jane Roe"), ("work would begin in May", "Jane Roe")],
    ),
    (
        "Wes Roe said lists were too long and accused the government of failing patients.",
        [("lists were too long", "Wes Roe"), ("accused the government of failing patients", "Wes Roe")],
    ),
    (
        "Ministers argue the law is needed, but critics say it will stifle free speech.",
        [("the law is needed", "Ministers"), ("it will stifle free speech", "critics")],
    ),
    (
        "Ford shares fell 4 percent after the carmaker warned that tariffs would cost it dear.",
        [("Ford shares fell 4 percent", None), ("tariffs would cost it dear", "carmaker")],
    ),
    (
        "The bank cut its rate on Thursday and said inflation would slow.",
        [("The bank cut its rate on Thursday", None), ("inflation would slow", "bank")],
    ),
    (
        "Turnout was 61 percent, Jane Roe said, adding that the count was over.",
        [("Turnout was 61 percent", "Jane Roe"), ("the count was over", "Jane Roe")],
    ),
    # the narrator
    (
        "Inflation rose to 3 percent, and wages grew by 4 percent.",
        [("Inflation rose to 3 percent", None), ("wages grew by 4 percent", None)],
    ),
    ("However, four people were killed and 11 others injured in Rome.", [("four people were killed and 11 others injured in Rome", None)]),
    (
        "City led 2-0 through a penalty, which was awarded after a long review.",
        [("City led 2-0 through a penalty", None), ("was awarded after a long review", None)],
    ),
    # what was hard
    ("The doctors' union said nobody was hurt.", [("nobody was hurt", "doctors' union")]),
    ("The truce will hold, Saudi Arabia and the United States said.", [("The truce will hold", "Saudi Arabia and the United States")]),
    ("Sales fell, data from the Office of Trade and Industry show.", [("Sales fell", "Office of Trade and Industry")]),
    ("Figures obtained by the Herald under a new law show that sales fell.", [("sales fell", "Figures obtained by the Herald")]),
    ("The court told Punjab to stop the fires.", [("The court told Punjab to stop the fires", "court")]),
    (
        "“It is wrong,” said his lawyer, Harold Roe, who added that he would appeal.",
        [("It is wrong", "Harold Roe"), ("he would appeal", "Harold Roe")],
    ),
    ("The ship, investigators said, was too fast.", [("The ship, investigators said, was too fast", "investigators")]),
    (
        "It cut short a trip and is expected to return on Sunday.",
        [("It cut short a trip", None), ("is expected to return on Sunday", None)],
    ),
    ("The government denied opposition claims that it acted late.", [("it acted late", "government")]),
    ("Reuters reported, citing two diplomats, that the deal was dead.", [("the deal was dead", "two diplomats")]),
    # offices without commas before a name
    ("Union Minister of State for Ports Anand Rao said the quay would open.", [("the quay would open", "Anand Rao")]),
    ("Bank of Zambia governor Denny Roe said inflation would slow.", [("inflation would slow", "Denny Roe")]),
    ("“The tank is empty,” co-founder and chief executive Rob Roe posted on X.", [("The tank is empty", "Rob Roe")]),
    ("Jane Roe and Acme's Paul Stone said the market was weak.", [("the market was weak", "Jane Roe")]),
    # records as a source
    ("Exports rose 12% in May, per data from the Customs Bureau.", [("Exports rose 12% in May", "Customs Bureau")]),
    ("Rents fell 3% in Leeds, as per a survey by Acme Lettings.", [("Rents fell 3% in Leeds", "Acme Lettings")]),
    ("Output rose 4 percent per month in the north.", [("Output rose 4 percent per month in the north", None)]),
    (
        "Copper hit a record, with analysts at Beacon Capital predicting that prices will double.",
        [("Copper hit a record", None), ("prices will double", "analysts at Beacon Capital")],
    ),
    ("It is learnt that the panel has sent 12 notices.", [("the panel has sent 12 notices", None)]),
    # where an act of speech that is the news ends
    ("The union dismissed a rumour, spread online, that the pits had closed.", [("the pits had closed", "union")]),
    (
        "The minister ruled out a tax rise and played down talk of a split.",
        [("The minister ruled out a tax rise", "minister"), ("played down talk of a split", "minister")],
    ),
    (
        "Police called Rao a suspect and summoned him on Friday.",
        [("Police called Rao a suspect", "Police"), ("summoned him on Friday", None)],
    ),
    (
        "Oil prices eased after Iran threatened to close the strait, while gold jumped 2%.",
        [("Oil prices eased", None), ("Iran threatened to close the strait", "Iran"), ("gold jumped 2%", None)],
    ),
    (
        "Traders pushed back against the new tax, overshadowing gains in steel.",
        [("Traders pushed back against the new tax", "Traders")],
    ),
    (
        "The firm said that it uses no coal and recycles 92% of its water.",
        [("it uses no coal", "firm"), ("recycles 92% of its water", "firm")],
    ),
    ("The IMF attributed the slump to a drop in cocoa.", [("The IMF attributed the slump to a drop in cocoa", "IMF")]),
    ("A new road linked the port to two towns in May.", [("A new road linked the port to two towns in May", None)]),
    ("Voters rejected a bond of $40 million on Tuesday.", [("Voters rejected a bond of $40 million on Tuesday", None)]),
    (
        "The mayor described the ruling as reckless and urged patience.",
        [("The mayor described the ruling as reckless", "mayor"), ("urged patience", "mayor")],
    ),
    ("The panel was told on Monday that 40 beds were empty.", [("40 beds were empty", None)]),
    ("It emerged that the ship had carried 400 people.", [("the ship had carried 400 people", None)]),
    ("A poll by Acme Polls for this newspaper found that 61% were against.", [("61% were against", "Acme Polls")]),
    ("Jane Roe, who believes rates will fall, sold her bonds.", [("rates will fall", "Jane Roe")]),
    (
        "The mayor said she “will resign” if support falls below 40 percent, the limit under city law.",
        [("she “will resign” if support falls below 40 percent", "mayor")],
    ),
    ("The chief said stocks were at 4%, the lowest since 2008.", [("stocks were at 4%, the lowest since 2008", "chief")]),
    (
        "Acme shares rose 2%, their best day since May, after the firm raised its dividend.",
        [("Acme shares rose 2%, their best day since May", None), ("the firm raised its dividend", None)],
    ),
    ("According to Paul Stone, an analyst at Beacon, demand is weak.", [("demand is weak", "Paul Stone")]),
    (
        "A former aide to the mayor, who spoke on condition of anonymity, said the deal was dead.",
        [("the deal was dead", "former aide to the mayor")],
    ),
    ("The watchdog's report said pupils were hungry, but did not say how many.", [("pupils were hungry", "watchdog's report")]),
    (
        "Officials in Rome insist the plan is safe, but residents remain fearful.",
        [("the plan is safe", "Officials in Rome"), ("residents remain fearful", "Officials in Rome")],
    ),
    ("So far 40 people have died, the UN said.", [("So far 40 people have died", "UN")]),
    (
        "The judge said Stone had shown “no remorse” and jailed him for years.",
        [("Stone had shown “no remorse", "judge"), ("jailed him for years", None)],
    ),
    ("The court found Stone guilty of fraud.", [("The court found Stone guilty of fraud", None)]),
    ("Beacon Capital's Ann Roe sees growth of 2% this year.", [("growth of 2% this year", "Ann Roe")]),
    ("Paul Stone denied all charges.", [("Paul Stone denied all charges", "Paul Stone")]),
    ("Paul Stone denied wrongdoing.", [("Paul Stone denied wrongdoing", "Paul Stone")]),
    # nothing is claimed
    ("The White House has not said whether it will sign the bill.", []),
    ("There are fears that the dam could burst.", []),
    ("The authority denies this.", []),
    ("“Where has the money gone?” she asked.", []),
    ("The White House declined to comment.", []),
    ("Police did not immediately respond to a request for comment.", []),
    ("It was not immediately clear who was behind the attack.", []),
    ("If the trend holds, his majority would be the largest ever.", []),
    ("The losing candidate did not concede.", []),
    ("The minister refused to be drawn on the cost.", []),
    ("Neither the ministry nor the police has confirmed the figure.", []),
    ("The ministry has yet to comment.", []),
    ("The airline had no immediate comment.", []),
    ("The cause of the fire was not yet clear.", []),
    ("Sign up for our newsletter to get the news first.", []),
]


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[text for text, _ in ROWS])
def test_each_construction_gives_its_words_and_whose_they_are(text, expected):
    found = extraction.read(text, published=date(2024, 5, 20), language="en").claims
    assert [(c.quote, c.speaker_name) for c in found] == expected


def test_a_carrier_is_told_apart_from_its_source():
    (claim,) = extraction.read("Reuters reported that the minister said the dam was safe.", language="en").claims
    assert (claim.speaker_name, claim.reported_by) == ("minister", ["Reuters"])


def test_a_short_name_and_a_pronoun_lead_back_to_the_full_name():
    text = "Anna Keller said the plant was safe. Keller added that it would reopen. “Nobody was hurt,” she said."
    assert [c.speaker_name for c in extraction.read(text, language="en").claims] == ["Anna Keller"] * 3


def test_an_acronym_leads_back_to_the_full_name():
    text = "The Office for National Statistics (ONS) published its figures. Prices rose in May, the ONS said."
    assert extraction.read(text, language="en").claims[-1].speaker_name == "Office for National Statistics"


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Reuters", "agency"),
        ("the news agency Xinhua", "agency"),
        ("The Guardian", "newspaper"),
        ("the BBC's Today programme", "broadcaster"),
        ("وكالة الأناضول", "agency"),
        ("صحيفة الشرق", "newspaper"),
        ("وقناة الجزيرة", "broadcaster"),
    ],
)
def test_a_carrier_has_its_role(name, role):
    assert carriers.role_of(name) == role


def test_what_is_counted_last_is_no_clause_of_its_own():
    text = "The navy sent 40 boats, 300 divers and 3 ships to a drill held in the strait in May, the ministry said."
    (claim,) = extraction.read(text).claims
    assert claim.quote == "The navy sent 40 boats, 300 divers and 3 ships to a drill held in the strait in May"


def test_an_age_and_a_trade_lead_back_to_the_person_named_last():
    text = "Mary Kipsang lost her herd in May. The 58-year-old farmer blames the dam for it. “It was empty,” she said."
    assert extraction.read(text, language="en").claims[-1].speaker_name == "Mary Kipsang"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Voters rejected a bond of $40 million on Tuesday.", "event"),
        ("Waiting times have stretched to 30 weeks, the trust said.", "quantity"),
        ("The two sides are reported to have met in Rome.", "event"),
        ("Demand remained stubborn, the governor said.", "assessment"),
        ("The captain was surprised by the storm, his lawyer said.", "assessment"),
        ("The new line could open by 2030.", "prediction"),
        ("The minister may be wrong.", "assessment"),
        ("Growth, the governor said, is uneven.", "assessment"),
        ("The firm raised its forecast to 4 billion euros.", "quantity"),
        ("The union dismissed a rumour that it would end the strike.", "prediction"),
    ],
)
def test_the_main_verb_tells_the_kind(text, kind):
    assert [c.kind for c in extraction.read(text, published=date(2024, 5, 20), language="en").claims] == [kind]
