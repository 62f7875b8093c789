"""The English words that open a person's title, an organisation's name or an unnamed group."""

# ruff: noqa: SIM905 (lists of words read better as words)

EN_ROLES = frozenset(
    (
        "president minister secretary chancellor king queen prince princess senator governor mayor ambassador envoy spokesman "
        "spokeswoman spokesperson chief chairman chairwoman chair director general colonel commander premier leader ceo cfo "
        "officer official analyst economist professor dr mr mrs ms sir lord judge justice sheriff captain representative rep sen "
        "gov gen lt commissioner head deputy founder lawyer attorney expert researcher scientist author coach treasurer "
        "congressman congresswoman pope manager adviser advisor coordinator strategist historian archbishop bishop imam sheikh "
        "speaker doctor lawmaker resident witness teacher farmer diplomat aide"
    ).split()
)
EN_GROUPS = frozenset(
    (
        "officials analysts experts sources economists researchers scientists authorities witnesses residents critics lawmakers "
        "people doctors activists police investigators prosecutors lawyers observers executives diplomats doctors traders "
        "investors supporters opponents some many others"
    ).split()
)
EN_ORGANISATIONS = frozenset(
    (
        "ministry department company bank government police army organization organisation agency commission committee council "
        "party university institute centre center union foundation group office court parliament senate house association fund "
        "times post news reuters bbc cnn association nations states report study survey statement white kremlin pentagon nato "
        "military navy forces federation board bureau authority service inc corp ltd firm airline club league team embassy "
        "administration cabinet data figures poll"
    ).split()
)
EN_MODIFIERS = frozenset(
    (
        "prime vice deputy foreign finance defence defense interior energy health trade chief executive acting former "
        "secretary-general economic senior"
    ).split()
)
