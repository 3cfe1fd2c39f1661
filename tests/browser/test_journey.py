"""From an empty instance to a corrected gradebook: one teacher, two students, the real server, and nothing prepared."""

import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visit, ready, visit_of
from tests.browser.test_live_progress import POLL
from tests.server import Server

pytestmark = pytest.mark.browser

TEXT = """# The lamps of Withy Lane

Old Jonas Reed lit the eleven lamps of Withy Lane every evening for thirty years. He never owned a watch; he began
when the bell of Saint Anne rang six, and he was home before it rang seven.

In the winter of 1871 the council bought gas lamps, because oil had become dear. Jonas was offered the work of tending
them and refused it. He said that a flame one does not pour oneself is a stranger.

# After the gas

The gas lamps burned more brightly, but they went out in high wind. On such nights the lane was darker than before, and
people put candles in their windows.
"""
STEM = "According to the writer, how did Jonas know when to begin?"
BELL, WATCH = "He heard the bell of Saint Anne", "He looked at his watch"
DECIDES = "when the bell of Saint Anne rang six"
QUIZ, GROUP = "Withy Lane, first reading", "7B Reading"
ROSTER = "name,username\nZara Ali,zara\n,nobody\n"
REFUSED = "the name is missing"
SELECT = """(words) => {
  const nodes = document.createTreeWalker(document.querySelector("[data-passage]"), NodeFilter.SHOW_TEXT);
  while (nodes.nextNode()) {
    const at = nodes.currentNode.data.indexOf(words);
    if (at >= 0) getSelection().setBaseAndExtent(nodes.currentNode, at, nodes.currentNode, at + words.length);
  }
}"""
"""Selects these words in the first passage beside the editor, as a mouse drawn over them would."""


@dataclass
class Story:
    """The server, and three people, each at a browser of their own; what one of them hands to another on paper."""

    server: Server
    teacher: Visit
    zara: Visit
    omar: Visit
    slip: str = ""
    code: str = ""
    assignment: str = ""
    correction: str = ""

    @property
    def everybody(self) -> tuple[Visit, Visit, Visit]:
        """All three."""
        return self.teacher, self.zara, self.omar


@pytest.fixture
def story(tmp_path: Path, chromium: Browser) -> Iterator[Story]:
    """Nothing but a running server, with no bank and no account."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Server(tmp_path / "instance", tmp_path / "questions", port)
    server.questions.mkdir()
    try:
        server.start()
        contexts = [chromium.new_context(viewport={"width": 1280, "height": 900}) for _ in range(3)]
        yield Story(server, *(visit_of(context, f"http://127.0.0.1:{port}") for context in contexts))
        for context in contexts:
            context.close()
    finally:
        server.kill()


def test_from_an_empty_instance_to_a_corrected_gradebook(story: Story) -> None:
    the_first_teacher_comes_by_the_link(story)
    a_bank_is_made_of_a_pasted_text(story)
    a_question_is_written_on_words_of_the_passage(story)
    two_more_questions_follow(story)
    a_quiz_is_made_and_tried_out(story)
    a_class_takes_in_a_list_with_a_bad_row(story)
    one_student_comes_by_a_slip_and_one_by_the_code(story)
    the_quiz_is_set_for_the_class(story)
    the_students_take_it_while_the_teacher_watches(story)
    the_gradebook_shows_the_scores_by_the_wrong_key(story)
    the_key_is_corrected_after_a_dry_run(story)
    the_gradebook_and_the_student_see_old_and_new(story)
    the_scores_are_taken_away_and_the_correction_could_be_undone(story)
    assert [visit.complaints for visit in story.everybody] == [[], [], []]


def the_first_teacher_comes_by_the_link(story: Story) -> None:
    """What the command says is all there is to begin with."""
    link = re.search(r"http://\S+/account/set-up/\S+", story.server.said)
    assert link is not None
    page = story.teacher.page
    page.goto(link[0])
    page.get_by_label("Username").fill("tamsin")
    page.get_by_label("Name shown").fill("Tamsin Hale")
    page.get_by_label("Password").fill("read every line twice")
    page.get_by_role("button", name="Make the teacher").click()
    expect(page.get_by_role("heading", name="Teach")).to_be_visible()


def a_bank_is_made_of_a_pasted_text(story: Story) -> None:
    """The way it is split is looked at before anything is saved."""
    page = story.teacher.page
    page.get_by_role("link", name="Make a bank from your own text").click()
    page.get_by_label("Paste the text").fill(TEXT)
    page.get_by_label("Markdown", exact=True).check()
    page.get_by_label("Title").fill("The lamps of Withy Lane")
    page.get_by_label("Author").fill("T. Hale")
    page.get_by_label("Objectives").fill("Say what happened")
    page.get_by_role("button", name="See how it is split").click()
    expect(page.get_by_label("A section begins here")).to_have_count(2)
    expect(page.get_by_text("Not saved yet")).to_be_visible()
    page.get_by_role("button", name="Save the bank").first.click()
    expect(page.locator(".flashes")).to_contain_text("The text is saved.")


def a_question_is_written_on_words_of_the_passage(story: Story) -> None:
    """Everything about it is well made, but the key points at the wrong choice."""
    page = new_question(story, "Single choice")
    page.get_by_label("Question", exact=True).fill(STEM)
    reasons = {
        WATCH: "He never owned a watch.",
        BELL: "He began when it rang six.",
        "A child called him": "The children come later.",
    }
    for number, (words, reason) in enumerate(reasons.items(), 1):
        page.get_by_label(f"Choice {number}", exact=True).fill(words)
        page.get_by_label(f"Reason for choice {number}").fill(reason)
    page.get_by_label("right").nth(0).check()
    page.get_by_label("Explanation").fill("The second sentence of the passage says what he went by.")
    page.locator("summary").filter(has_text="Old Jonas Reed").click()
    page.evaluate(SELECT, DECIDES)
    page.get_by_role("button", name="Use as evidence").click()
    expect(page.get_by_label("Exact words, quote 1")).to_have_value(DECIDES)
    expect(page.get_by_role("group", name="how did Jonas know").get_by_text(BELL)).to_be_visible()
    publish(page)


def new_question(story: Story, kind: str) -> Page:
    """The editor for a question of this kind, from whichever page of the bank the teacher is on."""
    page = story.teacher.page
    page.get_by_role("navigation", name="This bank").get_by_role("link", name="Questions").click()
    page.get_by_role("link", name=kind, exact=True).click()
    page.wait_for_url("**/questions/new/*")
    return page


def publish(page: Page) -> None:
    """Save the question; the next quiz may ask it."""
    page.get_by_role("button", name="Save and publish").click()
    expect(page.locator(".flashes")).to_contain_text("It is published")


def two_more_questions_follow(story: Story) -> None:
    """A short answer and a true or false, their evidence typed."""
    page = new_question(story, "Short answer")
    page.get_by_label("Question", exact=True).fill("According to the writer, what did the council buy in 1871?")
    page.get_by_label("Accepted answers").fill("gas lamps")
    rest_on(page, 1, "the council bought gas lamps")
    page = new_question(story, "True or false")
    page.get_by_label("Question", exact=True).fill("According to the writer, the gas lamps burned on in high wind.")
    page.locator(".editor > form").get_by_label("False", exact=True).check()
    page.get_by_label("To who says true").fill("Read the line again.")
    page.get_by_label("To who says false").fill("Just so.")
    rest_on(page, 2, "they went out in high wind")


def rest_on(page: Page, passage: int, words: str) -> None:
    """Explain the question by words of the n-th passage, and publish it."""
    page.get_by_label("Explanation").fill("The passage says it in these very words.")
    page.locator("#evidence-0-passage").select_option(index=passage)
    page.get_by_label("Exact words, quote 1").fill(words)
    publish(page)


def a_quiz_is_made_and_tried_out(story: Story) -> None:
    """One question is fixed and two are drawn; of the try-out nothing stays."""
    page = story.teacher.page
    page.get_by_role("navigation", name="This bank").get_by_role("link", name="Quizzes").click()
    page.get_by_role("link", name="Make a quiz").click()
    page.get_by_label("Title").fill(QUIZ)
    page.get_by_label("Description").fill("Three questions on the first reading.")
    page.get_by_label("Test: answers can be changed").check()
    page.get_by_role("button", name="Make it and choose questions").click()
    page.get_by_label("Question", exact=True).select_option(label=STEM)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".flashes")).to_contain_text("The question is in the quiz.")
    ready(page).get_by_label("How many").fill("2")
    expect(page.get_by_text("With the draw above: 3 questions, 3 marks.")).to_be_visible()
    page.get_by_role("button", name="Add the draw").click()
    page.get_by_role("button", name="Try it out as a student").click()
    expect(page.get_by_text("Question 1 of 3")).to_be_visible()
    page.get_by_role("button", name="End the try-out").click()
    expect(page.locator(".flashes")).to_contain_text("nothing of it was kept")


def a_class_takes_in_a_list_with_a_bad_row(story: Story) -> None:
    """The good row becomes an account and a slip, the bad one is said before and after."""
    page = story.teacher.page
    page.get_by_role("navigation", name="Teaching").get_by_role("link", name="Classes").click()
    page.get_by_label("Name of the class").fill(GROUP)
    page.get_by_role("button", name="Make it").click()
    story.code = page.locator(".join-code").inner_text()
    page.get_by_role("navigation", name="This class").get_by_role("link", name="Students").click()
    page.get_by_role("link", name="Take in a list of names").click()
    file = {"name": "7b.csv", "mimeType": "text/csv", "buffer": ROSTER.encode()}
    page.get_by_label("A file").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="See what would happen").click()
    expect(page.get_by_text("Nothing has been done yet.")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text=REFUSED)).to_be_visible()
    page.get_by_role("button", name="Take 1 student into the class").click()
    expect(page.get_by_role("row").filter(has_text=REFUSED)).to_be_visible()
    story.slip = page.get_by_text(re.compile("/account/choose/")).inner_text()


def one_student_comes_by_a_slip_and_one_by_the_code(story: Story) -> None:
    """Neither needs an e-mail address."""
    zara = story.zara.page
    zara.goto(story.slip)
    zara.get_by_label("New password").fill("my zebra has stripes")
    zara.get_by_role("button", name="Set it and sign in").click()
    expect(zara.locator(".flashes")).to_contain_text("you are signed in")
    omar = story.omar.open("/join")
    omar.get_by_label("Code of the class").fill(story.code.lower())
    omar.get_by_role("button", name="Find the class").click()
    omar.get_by_role("main").get_by_role("link", name="Sign up").click()
    omar.get_by_label("Username").fill("omar")
    omar.get_by_label("Name shown").fill("Omar Aziz")
    omar.get_by_label("Password").fill("a river runs through it")
    omar.get_by_role("button", name="Make my account").click()
    omar.get_by_role("button", name="Join this class").click()
    expect(omar.locator(".flashes")).to_contain_text(f"You are in the class “{GROUP}” now.")


def the_quiz_is_set_for_the_class(story: Story) -> None:
    """Due the day after tomorrow, one attempt, feedback after submission."""
    page = on_tab(story, "Assignments")
    page.get_by_role("link", name="Set a quiz").click()
    page.get_by_role("link", name=QUIZ).click()
    page.get_by_label("Due, in UTC").fill(f"{datetime.now(UTC) + timedelta(days=2):%Y-%m-%dT%H:%M}")
    page.get_by_label("How many attempts").fill("1")
    expect(page.get_by_label("So many:", exact=True)).to_be_checked()
    page.get_by_label("in a test after submission").check()
    page.get_by_role("button", name="Set it", exact=True).click()
    expect(page.get_by_text("Begun: 0 of 2.")).to_be_visible()
    story.assignment = page.url.removeprefix(story.teacher.site)


def on_tab(story: Story, name: str) -> Page:
    """One of the pages of the class."""
    page = story.teacher.page
    page.get_by_role("navigation", name="This class").get_by_role("link", name=name).click()
    return page


def the_students_take_it_while_the_teacher_watches(story: Story) -> None:
    """Zara is right about the bell, Omar agrees with the wrong key; the teacher's page follows without reloading."""
    watching = story.teacher.page
    watching.clock.install()
    watching.reload()
    begin(story.zara)
    watching.clock.run_for(POLL)
    expect(watching.get_by_text("Begun: 1 of 2.")).to_be_visible()
    expect(watching.get_by_role("row", name="Zara Ali")).to_contain_text("there now")
    answer_all(story.zara.page, {BELL, "False"}, "gas lamps")
    begin(story.omar)
    answer_all(story.omar.page, {WATCH, "False"}, "candles")
    watching.clock.run_for(POLL)
    expect(watching.get_by_text("Begun: 2 of 2. Finished: 2.")).to_be_visible()
    expect(watching.get_by_role("row", name="Zara Ali")).to_contain_text("67%")


def begin(visit: Visit) -> None:
    """From the home page into the quiz."""
    page = visit.open("/")
    page.get_by_role("link", name=QUIZ).click()
    expect(page.get_by_text("You may take it once.")).to_be_visible()
    page.get_by_role("button", name="Begin").click()


def answer_all(page: Page, choices: set[str], typed: str) -> None:
    """Answer the three questions in whatever order they come, and submit: two of three are right, by the wrong key."""
    for number in (1, 2, 3):
        expect(page.get_by_text(f"Question {number} of 3")).to_be_visible()
        box = page.get_by_label("Your answer")
        if box.count():
            box.fill(typed)
        for words in choices:
            option = page.get_by_label(words, exact=True)
            if option.count():
                option.check()
        page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("heading", name="2 of 3 marks, 67%")).to_be_visible()


def the_gradebook_shows_the_scores_by_the_wrong_key(story: Story) -> None:
    """Two thirds for both, one of them undeserved."""
    page = on_tab(story, "Gradebook")
    expect(page.get_by_role("row", name="Omar Aziz")).to_contain_text("67%")
    page.get_by_role("row", name="Zara Ali").get_by_role("link", name="67%").click()
    expect(page.get_by_role("heading", name="2 of 3 marks, 67%")).to_be_visible()


def the_key_is_corrected_after_a_dry_run(story: Story) -> None:
    """From the answer that was marked wrong to its question; who gains and who is spared is seen before it is done."""
    page = story.teacher.page
    page.get_by_role("region", name="Question").filter(has_text=BELL).get_by_role(
        "link", name="Correct past marks"
    ).click()
    page.get_by_role("link", name="Another answer is the key").click()
    page.get_by_label(BELL).first.check()
    page.get_by_label("Why, in words for the students").fill("The key named the watch that he never owned.")
    page.get_by_role("button", name="Show what it would do").click()
    expect(page.get_by_text("Nothing has been changed yet.")).to_be_visible()
    expect(page.get_by_role("row", name="Zara Ali")).to_contain_text("gains")
    expect(page.get_by_role("row", name="Omar Aziz")).to_contain_text("keeps")
    page.get_by_role("button", name="Apply the correction").click()
    expect(page.locator(".flashes")).to_contain_text("The correction is applied.")
    story.correction = page.url.removeprefix(story.teacher.site)


def the_gradebook_and_the_student_see_old_and_new(story: Story) -> None:
    """Zara is told what her score was and is, beside the answer; Omar keeps his."""
    zara = story.zara.open("/")
    expect(zara.get_by_text("from 67% to 100%")).to_be_visible()
    zara.get_by_role("link", name="See what was corrected").click()
    expect(zara.get_by_text("The key named the watch that he never owned.")).to_be_visible()
    expect(zara.get_by_text("The score went from 2 of 3 to 3 of 3 marks.")).to_be_visible()
    expect(zara.get_by_text("What it said before the correction")).to_be_visible()
    story.teacher.open(story.assignment)
    page = on_tab(story, "Gradebook")
    expect(page.get_by_role("row", name="Zara Ali")).to_contain_text("100%")
    expect(page.get_by_role("row", name="Omar Aziz")).to_contain_text("67%")


def the_scores_are_taken_away_and_the_correction_could_be_undone(story: Story) -> None:
    """The file has the scores as they stand; undoing is shown, like the correction, before it is done."""
    page = story.teacher.page
    page.get_by_label("File").select_option(label="CSV: scores")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert '"Zara Ali","zara",100.0,100.0' in text.splitlines()
    story.teacher.open(story.correction)
    page.get_by_role("link", name="Undo it").click()
    expect(page.get_by_role("heading", name="Undo this correction?")).to_be_visible()
    expect(page.get_by_role("row", name="Zara Ali")).to_contain_text("falls")
