"""Two people judge, or merge, the same two claims at the same moment."""

from itertools import count
from random import Random

from claims import ledger
from claims.domain.steps import StepNotOpen
from claims.ledger import Conflict, rebuild
from claims.models import Claim, Link
from claims.workflow import linking
from tests import make
from tests.claims.ledger.test_races import at_once


def test_two_who_judge_the_same_two_from_both_ends_at_once_never_lock_up(committed_db):
    one, other = make.recorded(), make.recorded()
    pairs = iter([(one, other), (other, one)] * 4)
    answers = at_once(lambda: linking.link(*next(pairs), relation="same", by=make.REVIEWER))
    assert {type(answer) for answer in answers} <= {ledger.Receipt, Conflict}
    done = sum(isinstance(answer, ledger.Receipt) for answer in answers)
    assert done >= 1
    assert (ledger.state_of(one).version, ledger.state_of(other).version) == (1 + done, 1 + done)
    assert Link.objects.get(claim=one).outward is not Link.objects.get(claim=other).outward
    assert not list(rebuild.differences(lambda done, total: None))


def test_two_merges_of_one_another_at_once_leave_one(committed_db):
    one, other = make.recorded(), make.recorded()
    pairs = iter([(one, other), (other, one)] * 4)

    def merge() -> ledger.Receipt:
        duplicate, kept = next(pairs)
        return linking.merge(duplicate, into=kept, by=make.EDITOR)

    answers = at_once(merge)
    assert sum(isinstance(answer, ledger.Receipt) for answer in answers) == 1
    merged = {Claim.objects.get(pk=one).merged_into, Claim.objects.get(pk=other).merged_into}
    assert merged in ({None, one}, {None, other})


def test_many_who_judge_merge_and_part_the_same_few_at_once_never_lock_up(committed_db):
    claims = [make.recorded() for _ in range(4)]
    numbers = count()

    def some() -> list[object]:
        chance, answers = Random(next(numbers)), []
        for _ in range(12):
            one, other = chance.sample(claims, 2)
            try:
                match chance.choice(["link", "link", "unlink", "merge", "unmerge"]):
                    case "link":
                        linking.link(one, other, relation=chance.choice(["same", "denies"]), by=make.EDITOR)
                    case "unlink":
                        linking.unlink(one, other, reason="سهو", by=make.EDITOR)
                    case "merge":
                        linking.merge(one, into=other, by=make.EDITOR)
                    case "unmerge":
                        linking.unmerge(one, reason="اثنان", by=make.EDITOR)
            except (Conflict, StepNotOpen, linking.Unlinkable) as error:
                answers.append(error)
        return answers

    assert all(isinstance(answers, list) for answers in at_once(some))  # nothing else was raised
    assert not list(rebuild.differences(lambda done, total: None))
    for link in Link.objects.all():
        back = Link.objects.get(claim=link.other_id, other=link.claim_id)
        assert (back.key, back.relation, back.outward) == (link.key, link.relation, not link.outward)
