"""The book of a round and the zip of a city: whole, in order, inside scope."""

import csv
import io
import zipfile

import openpyxl
import pytest
from django.urls import reverse
from pypdf import PdfReader

from chabaocu.errors import Refused
from orgs.roles import Role
from reports import books, jobs
from reports.issue import store_pdf
from reports.models import IssuedDocument, Job
from tests.factories import papers
from tests.factories.materials import piece
from tests.factories.orgs import UserFactory
from tests.factories.plans import LAST

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def round_(world):
    """Three submitted visits: two in 甲一县, one in 乙一县."""
    papers.submitted(world)
    papers.submitted(world, world.enterprise_visit)
    sheet = papers.started(world.other_visit, world.other_leader)
    papers.fill(sheet, world.other_leader)
    papers.actions.follow(world.other_visit, by=world.other_leader)
    papers.sign(sheet, "leader", world.other_leader)
    papers.sign(sheet, "recorder", world.other_recorder)
    world.other_visit.refresh_from_db()
    papers.actions.submit(world.other_visit, by=world.other_leader)
    return world


def done(job) -> Job:
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.status == Job.Status.DONE
    return job


def words(page) -> str:
    return "".join(page.extract_text().split())


def test_book_has_contents_and_every_paper_in_order(round_):
    job = done(books.start_book(round_.plan, by=round_.province))
    reader = PdfReader(jobs.file_of(job))
    pages = [words(page) for page in reader.pages]
    assert len(pages) == 7
    assert "目录：共3份" in pages[0]
    kinds = [
        "评分表" if "总得分" in page and "督导方法" in page else "记录表" for page in pages[1:]
    ]
    assert kinds == ["评分表", "记录表"] * 3
    assert [title["/Title"] for title in reader.outline] == [
        "1 甲一县总工会",
        "2 甲一县示例化工有限公司",
        "3 乙一县总工会",
    ]
    assert [reader.get_destination_page_number(mark) for mark in reader.outline] == [1, 3, 5]


def test_book_names_the_pages_it_numbers(round_):
    job = done(books.start_book(round_.plan, by=round_.province))
    pages = [words(page) for page in PdfReader(jobs.file_of(job)).pages]
    assert all(page.startswith(str(number)) for number, page in enumerate(pages, start=1))
    assert "3乙市乙一县总工会116" in pages[0]  # 序号 3, 乙市, unit, 11 points, page 6


def test_book_goes_by_the_rights_of_its_owner(round_):
    job = done(books.start_book(round_.plan, by=round_.leader))
    assert job.total == 2
    assert "乙一县" not in words(PdfReader(jobs.file_of(job)).pages[0])


def test_book_goes_by_the_rights_its_owner_has_when_it_is_made(round_):
    job = books.start_book(round_.plan, by=round_.leader)
    round_.team.members.filter(user=round_.leader).delete()
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.status == Job.Status.FAILED


def test_book_of_nothing_is_refused(world):
    with pytest.raises(Refused):
        books.start_book(world.plan, by=world.province)


def test_book_takes_finished_chunks_from_disk(round_, monkeypatch):
    job = books.start_book(round_.plan, by=round_.province)
    entries = books.entries_of(*books.subject_of(job), job.owner)
    chunk = books.Chunk(0, books._contexts(entries))
    books.print_chunks.__globals__["print_chunk"](chunk, jobs.parts_folder(job))
    monkeypatch.setattr("reports.render.batch.print_chunk", None)
    assert done(job).total == 3


def test_zip_of_a_city_has_a_folder_for_each_visit(round_):
    store_pdf(IssuedDocument.objects.filter(sheet__visit=round_.visit).first())
    job = done(books.start_zip(round_.plan, round_.regions["city_a"], by=round_.province))
    with zipfile.ZipFile(jobs.file_of(job)) as archive:
        names = archive.namelist()
        book = openpyxl.load_workbook(
            io.BytesIO(archive.read("01 甲一县总工会/评分表和记录表.xlsx"))
        )
        told = csv.reader(archive.read("目录.csv").decode("utf-8-sig").splitlines())
        pages = [len(PdfReader(io.BytesIO(archive.read(n))).pages) for n in names if "附件" in n]
    assert names == [
        "01 甲一县总工会/附件1 示例评分表.pdf",
        "01 甲一县总工会/附件3 省总工会“查保促”活动督导工作记录表（县级以上工会）.pdf",
        "01 甲一县总工会/评分表和记录表.xlsx",
        "02 甲一县示例化工有限公司/附件1 示例评分表.pdf",
        "02 甲一县示例化工有限公司/附件4 省总工会“查保促”活动督导工作记录表（企业工会）.pdf",
        "02 甲一县示例化工有限公司/评分表和记录表.xlsx",
        "目录.csv",
    ]
    assert book.sheetnames == ["附件1", "附件3"]
    assert pages == [1, 1, 1, 1]
    lines = [*told][1:]
    assert [line[4] for line in lines if line[4]] == names[:-1]
    assert [line[:4] for line in lines[:4]] == [
        ["甲市", "", "汇报材料", lines[0][3]],
        ["甲市", "", "典型经验材料", lines[1][3]],
        ["甲市", "", "督导检查报告", lines[2][3]],
        ["甲一县", "甲一县总工会", "评分表", "已提交"],
    ]


@pytest.mark.once
def test_city_with_pieces_alone_is_packed_as_well(world, settings, tmp_path, as_):
    settings.DATA_DIR = tmp_path
    piece(world.plan, world.orgs["county_a1_union"], by=world.member)
    page = as_(world.province).get(reverse("reports:plan_papers", args=[world.plan.pk]))
    assert [city.name for city in page.context["cities"]] == ["甲市"]
    job = done(books.start_zip(world.plan, world.regions["city_a"], by=world.province))
    with zipfile.ZipFile(jobs.file_of(job)) as archive:
        assert archive.namelist() == ["资料/001 甲一县总工会 汇报材料/01 示例.jpg", "目录.csv"]
    with pytest.raises(Refused):
        books.start_zip(world.plan, world.regions["city_b"], by=world.province)


@pytest.mark.once
def test_zip_is_made_anew_when_what_is_late_changed(round_):
    first = books.start_zip(round_.plan, None, by=round_.province)
    assert books.start_zip(round_.plan, None, by=round_.province) == first
    round_.plan.visits.update(visit_on=LAST)
    assert books.start_zip(round_.plan, None, by=round_.province) != first


def test_pages_of_jobs_are_for_their_owner(round_, as_):
    job = done(books.start_book(round_.plan, by=round_.province))
    for name in ("reports:job", "reports:job_file"):
        url = reverse(name, args=[job.pk])
        response = as_(round_.province).get(url)
        assert (response.status_code, bool(response.getvalue())) == (200, True)
        assert as_(round_.province2).get(url).status_code == 404
    for name in ("reports:job_cancel", "reports:job_again"):
        assert as_(round_.leader).post(reverse(name, args=[job.pk])).status_code == 404


def test_file_is_no_longer_served_once_the_round_is_out_of_sight(round_, as_):
    job = done(books.start_book(round_.plan, by=round_.leader))
    round_.team.members.filter(user=round_.leader).delete()
    url = reverse("reports:job_file", args=[job.pk])
    assert as_(round_.leader).get(url).status_code == 404


def test_start_leads_to_the_job(round_, as_):
    person = as_(round_.province)
    for url in (
        reverse("reports:book_start", args=[round_.plan.pk]),
        reverse("reports:zip_start", args=[round_.plan.pk, round_.regions["city_b"].pk]),
    ):
        assert person.get(url).status_code == 405
        response = person.post(url)
        job = Job.objects.latest("pk")
        assert response["Location"] == reverse("reports:job", args=[job.pk])
        assert "正在排队" in person.get(response["Location"]).content.decode()


def test_start_of_nothing_says_so_on_the_page(world, as_):
    person = as_(world.province)
    response = person.post(reverse("reports:book_start", args=[world.plan.pk]), follow=True)
    assert "还没有已提交的材料，等督导组提交后再生成。" in response.content.decode()


def test_cancel_and_again(round_, as_):
    person = as_(round_.province)
    job = books.start_book(round_.plan, by=round_.province)
    person.post(reverse("reports:job_cancel", args=[job.pk]))
    job.refresh_from_db()
    assert job.status == Job.Status.CANCELLED
    page = person.post(reverse("reports:job_again", args=[job.pk]), follow=True).content.decode()
    assert "正在排队" in page


def test_papers_of_a_round_list_cities_with_papers(round_, as_):
    page = as_(round_.province).get(reverse("reports:plan_papers", args=[round_.plan.pk]))
    assert [str(city) for city in page.context["cities"]] == ["甲市", "乙市"]
    outsider = UserFactory(organization=round_.orgs["city_b_union"], role=Role.UNION_STAFF)
    url = reverse("reports:plan_papers", args=[round_.plan.pk])
    assert as_(outsider).get(url).status_code == 404
