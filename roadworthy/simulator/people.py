"""Who works there: accounts of both trackers, roles, teams and the zones they sit in."""

import hashlib
from dataclasses import dataclass, replace
from functools import cached_property
from zoneinfo import ZoneInfo

DOMAIN = "acme.example"
BERLIN = "Europe/Berlin"
SEATS = 2
"""Product managers a team has at one time."""


@dataclass(frozen=True)
class Person:
    """Somebody with an account, or a program with one."""

    name: str
    role: str
    """product, engineering, ceo, bot, or ? for an account that no role is declared for."""
    zone: str = BERLIN
    is_active: bool = True

    @cached_property
    def account_id(self) -> str:
        """The account in Jira, in the form that Atlassian gives it."""
        digest = hashlib.sha256(self.name.encode()).hexdigest()
        return f"557058:{digest[:8]}-{digest[8:12]}-{digest[12:16]}-{digest[16:20]}-{digest[20:32]}"

    @property
    def login(self) -> str:
        """The account on GitHub."""
        handle = self.name.lower().replace(" ", "-")
        return f"{handle}[bot]" if self.role == "bot" else f"{handle}-acme"

    @property
    def github_id(self) -> int:
        """The number of the account on GitHub."""
        return int(hashlib.sha256(self.name.encode()).hexdigest()[:7], 16)

    @property
    def email(self) -> str:
        """The address, on a domain that is reserved for examples."""
        return f"{self.name.lower().replace(' ', '.')}@{DOMAIN}"

    @property
    def timezone(self) -> ZoneInfo:
        """Where this person's working hours are."""
        return ZoneInfo(self.zone)


@dataclass(frozen=True)
class Team:
    """A team with its Jira project, its repository and its people."""

    name: str
    key: str
    project_id: str
    title: str
    components: tuple[str, ...]
    managers: tuple[Person, ...]
    """Product managers. Where there are three, the third comes when the first one leaves."""
    engineers: tuple[Person, ...]
    lead: Person
    """The engineering manager."""

    def managers_on(self, day: float, *, succession_day: float) -> tuple[Person, ...]:
        """The two product managers of that day."""
        has_successor = len(self.managers) > SEATS and day >= succession_day
        return self.managers[1:] if has_successor else self.managers[:SEATS]

    def lead_on(self, day: float, *, succession_day: float) -> Person:
        """Who leads product on that day: the first one, and after them the last one who came."""
        has_successor = len(self.managers) > SEATS and day >= succession_day
        return self.managers[-1 if has_successor else 0]

    def followed_by(self, successor: Person) -> "Team":
        """The same team, to which somebody from elsewhere comes when the first one leaves."""
        return replace(self, managers=(*self.managers[:SEATS], successor))

    @property
    def repository(self) -> str:
        """Owner and name of the repository."""
        return f"acme/{self.key.lower()}"


def _engineers(names: str, zone: str) -> tuple[Person, ...]:
    return tuple(Person(name, "engineering", zone) for name in names.split(", "))


def _managers(names: str) -> tuple[Person, ...]:
    return tuple(Person(name, "product") for name in names.split(", "))


HEAD_OF_PRODUCT = Person("Ines Albrecht", "product")
CTO = Person("Tomas Lindgren", "engineering")
CEO = Person("Ada Okafor", "ceo", "America/New_York")
AUTOMATION = Person("Automation for Jira", "bot")
CI = Person("acme-ci", "bot")
CONTRACTOR = Person("Jo Winter", "?", "Europe/London", is_active=False)

TEAMS = (
    Team(
        "Payments",
        "PAY",
        "10100",
        "Payments",
        ("Checkout", "Ledger"),
        _managers("Mara Vogt, Felix Arndt, Nadia Sommer"),
        _engineers("Lena Brandt, Omar Haddad, Piotr Nowak, Sofia Ricci, Jonas Keller", BERLIN),
        Person("Greta Hoffmann", "engineering"),
    ),
    Team(
        "Web",
        "WEB",
        "10101",
        "Web Storefront",
        ("Catalogue", "Account"),
        _managers("Clara Neumann, Ben Otto"),
        _engineers("Aisha Khan, Tom Fletcher, Ruby Shaw, Callum Reid, Priya Nair", "Europe/London"),
        Person("Hugh Mercer", "engineering", "Europe/London"),
    ),
    Team(
        "Data",
        "DATA",
        "10102",
        "Data Platform",
        ("Ingestion", "Warehouse"),
        _managers("Erik Sandberg, Julia Weiss"),
        _engineers(
            "Mateo Cruz, Hannah Cole, Victor Ramos, Dana Levy, Sam Ortiz", "America/New_York"
        ),
        Person("Rachel Stein", "engineering", "America/New_York"),
    ),
    Team(
        "Operations",
        "OPS",
        "10103",
        "Operations Tools",
        ("Dispatch", "Support"),
        _managers("Katrin Busch, Leon Maier, Vera Lang"),
        _engineers("Milan Horvat, Eva Novak, Luis Prado, Nina Berg, Oskar Blum", BERLIN),
        Person("Andreas Wolf", "engineering"),
    ),
)

OTHERS = (HEAD_OF_PRODUCT, CTO, CEO, AUTOMATION, CI, CONTRACTOR)
PEOPLE = (
    *OTHERS,
    *(person for team in TEAMS for person in (*team.managers, *team.engineers, team.lead)),
)


def by_account() -> dict[str, Person]:
    """Everybody, by the account in Jira."""
    return {person.account_id: person for person in PEOPLE}
