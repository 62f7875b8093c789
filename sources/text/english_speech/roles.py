"""The nouns of those who speak in English news: titles of persons, groups without a name, bodies, and carriers of others' words."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


HONORIFICS = _set("mr mrs ms miss dr prof professor sir lord lady dame baroness rev reverend sheikh imam pope cardinal archbishop bishop")
ROLES = HONORIFICS | _set(
    "president premier minister secretary chancellor governor mayor senator sen rep representative congressman congresswoman lawmaker mp "
    "ambassador envoy diplomat spokesman spokeswoman spokesperson chairman chairwoman chairperson chair chief ceo cfo coo cto director "
    "executive head leader commander general gen admiral colonel col major maj captain capt lieutenant lt sergeant sgt judge justice "
    "magistrate prosecutor attorney lawyer solicitor barrister official officer analyst economist strategist researcher scientist "
    "engineer doctor physician surgeon nurse teacher headteacher historian author writer journalist editor reporter correspondent "
    "commissioner inspector detective constable superintendent sheriff deputy marshal king queen prince princess emir sultan emperor "
    "manager coach captain player striker goalkeeper midfielder athlete trainer founder co-founder owner partner trader broker investor "
    "farmer fisherman worker driver pilot resident witness survivor victim voter student pensioner mother father brother sister wife "
    "husband activist campaigner organiser organizer coordinator adviser advisor aide expert specialist meteorologist forecaster "
    "seismologist epidemiologist virologist ecologist biologist physicist geologist oncologist psychologist hydrologist glaciologist "
    "climatologist statistician demographer rapporteur negotiator mediator councillor councilor alderman speaker whip treasurer "
    "chancellor professor lecturer dean rector principal vice-president vice-chancellor secretary-general director-general "
    "undersecretary under-secretary comptroller auditor ombudsman regulator banker chief-of-staff source insider person woman man "
    "patriarch rabbi cleric priest shopkeeper trucker grower rancher breeder butcher baker curator archaeologist astronomer planner "
    "delegate candidate incumbent contender nominee referee umpire champion boss president-elect neighbour neighbor eyewitness "
    "paramedic firefighter soldier veteran refugee migrant conservationist ranger warden keeper choreographer director actor singer"
)
# Words of a title that are no title alone.
MODIFIERS = _set(
    "prime vice deputy foreign finance defence defense interior home energy health trade transport education justice labour labor "
    "agriculture environment economy economic chief executive acting former senior junior assistant associate first lady opposition "
    "majority minority house senate state national general interim outgoing incoming caretaker independent right honourable housing "
    "justice treasury culture sports tourism water development planning commerce industry information oil technology security army navy "
    "air force police fire permanent special supreme high grand crown party veteran lead principal managing operating financial marketing "
    "chief-executive ex assistant regional provincial district county city town local"
)
_SINGULAR_GROUPS = _set("police public opposition government-backed everyone many some several others few most both residents")
GROUPS = (
    frozenset(f"{role}s" for role in ROLES if not role.endswith(("s", "man", "woman", "ess")) and role != "chief")
    | _set("spokesmen spokeswomen lawmakers police authorities critics opponents supporters observers rescuers investigators prosecutors")
    | _set("women men people families parents workers businesses companies firms retailers airlines banks organisers ministers neighbours")
    | _set("eyewitnesses locals villagers protesters demonstrators rebels militants separatists insurgents unions campaigners governments")
    | _set("countries states scientists markets staff medics crews media aides insiders allies members players fans leaders teams councils")
    | _set("diplomats traders pollsters forecasters commentators backers detractors users customers consumers republicans democrats tories")
    | _set("conservatives liberals pundits ministries firefighters farmers growers exporters importers manufacturers lenders some others")
) | _SINGULAR_GROUPS - {"public"}
BODIES = _set(
    "ministry department company bank government army organization organisation agency commission committee council party university "
    "institute centre center union foundation group office court parliament senate house association fund times post news nations states "
    "kremlin pentagon nato military navy forces federation board bureau authority service services inc corp ltd plc llc co firm airline "
    "club league team embassy administration cabinet guardian journal academy laboratory observatory museum hospital school college "
    "trust charity network coalition alliance front movement congress assembly treasury reserve exchange chamber confederation society "
    "partners capital economics holdings industries motors energy petroleum airways systems technologies labs international force watch "
    "regulator watchdog body campaign consortium think-tank thinktank tribunal secretariat mission inspectorate registry observatory "
    "regiment brigade republic kingdom empire city county province region survey tv radio television press associates advisors securities "
    "markets research analytics insurance bancorp railways rail ports port airport police"
)
AGENCIES = _set(
    "reuters afp ap bloomberg tass interfax xinhua kyodo yonhap anadolu dpa efe ansa sana wam spa petra mena kuna bna pti ians ria"
    " irna wafa"
)
NEWSPAPERS = _set(
    "guardian times telegraph independent mirror observer spiegel zeitung monde figaro libération bild welt post journal tribune herald "
    "globe mail sun express standard chronicle gazette asahi yomiuri nikkei corriere repubblica haaretz hindu politico economist axios"
)
BROADCASTERS = _set("bbc cnn nbc abc cbs npr sky itv rte rté jazeera arabiya nhk zdf ard pbs msnbc cnbc euronews cbc sabc fox channel rai")
CARRIER_HEADS = {
    "agency": _set("agency wire newswire"),
    "newspaper": _set("newspaper daily paper tabloid magazine weekly website broadsheet outlet"),
    "broadcaster": _set("television tv radio broadcaster channel network station"),
}
# Media that are named by what they are: "state media", "local media".
MEDIA = _set("media press newspapers reports outlets")
