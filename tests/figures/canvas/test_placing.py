"""Labels are pushed apart and stand where they cover least."""

import numpy as np

from reportgen.figures.canvas.placing import Places, spread, text_width


def test_places_that_are_far_enough_apart_stay():
    assert spread([10.0, 50.0, 30.0], 13, 0, 100) == [10.0, 50.0, 30.0]


def test_places_too_close_move_apart_by_the_same_distance_in_their_order():
    assert spread([50.0, 50.5], 13, 0, 100) == [43.75, 56.75]


def test_places_stay_within_the_ends():
    placed = spread([99.0, 99.5, 100.0], 13, 0, 100)
    assert placed == [74.0, 87.0, 100.0]
    assert spread([0.0, 0.0], 13, 0, 100) == [0.0, 13.0]


def test_the_first_free_candidate_is_chosen_and_its_room_taken():
    places = Places(100, 100)
    boxes = [(0.0, 0.0, 10.0, 10.0), (20.0, 0.0, 30.0, 10.0)]
    assert [places.choose(boxes), places.choose(boxes)] == [0, 1]
    assert places.choose(boxes, required=False) == -1


def test_a_text_avoids_lines_and_the_edge():
    places = Places(100, 100, points=np.array([[5.0, 5.0]]))
    over_line, outside, free = (
        (0.0, 0.0, 10.0, 10.0),
        (95.0, 0.0, 105.0, 10.0),
        (40.0, 0.0, 50.0, 9.0),
    )
    assert places.choose([over_line, outside, free]) == 2


def test_text_is_measured_letter_by_letter():
    assert text_width("iiii") < text_width("mmmm") / 2
    assert text_width("abc", bold=True) > text_width("abc")
    assert text_width("損失") == 22.0
