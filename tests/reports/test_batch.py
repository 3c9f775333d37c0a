"""Chunks of papers, printed by this process and a helper of its own."""

from dataclasses import replace
from multiprocessing import get_context

from reports.documents.paper import to_json
from reports.documents.record import blank_record
from reports.render.batch import Chunk, print_beside, print_chunk, print_chunks


def chunk(number):
    paper = replace(blank_record("county_union"), unit=f"示例{number}县总工会")
    return Chunk(number, (("record", to_json(paper)),))


def test_chunks_printed_beside_a_helper_are_those_printed_alone(tmp_path):
    chunks = [chunk(number) for number in range(3)]
    together = {done.number: done for done in print_chunks(chunks, tmp_path)}
    (tmp_path / "alone").mkdir()
    for one in chunks:
        alone = print_chunk(one, tmp_path / "alone")
        assert together[one.number].pages == alone.pages == (1,)
        assert together[one.number].path.read_bytes() == alone.path.read_bytes()


def test_chunk_that_is_there_is_not_printed_again(tmp_path):
    made = print_chunk(chunk(0), tmp_path)
    before = made.path.stat()
    assert list(print_chunks([chunk(0)], tmp_path)) == [made]
    assert made.path.stat() == before


def test_chunk_that_a_helper_took_and_left_is_printed_here(tmp_path):
    context = get_context("spawn")
    taken = context.Value("i", 1)
    helper = context.Process(target=int)
    helper.start()
    chunks = [chunk(0), chunk(1)]
    printed = [done.number for done in print_beside([helper], chunks, tmp_path, taken)]
    assert printed == [1, 0]
