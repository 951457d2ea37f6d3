"""A sum of trees, walked."""

import numpy as np

from articles.text.trees import Trees


def test_rows_fall_to_their_leaves_and_the_leaves_are_added() -> None:
    # The first tree asks whether number 1 is at most 0.5; the second is a single leaf.
    tables = {
        "t_feature": np.array([[1, 0, 0], [0, 0, 0]]),
        "t_threshold": np.array([[0.5, 0, 0], [0, 0, 0]]),
        "t_left": np.array([[1, 1, 2], [0, 0, 0]]),
        "t_right": np.array([[2, 1, 2], [0, 0, 0]]),
        "t_value": np.array([[0, -1, 3], [10, 0, 0]]),
        "t_depth": np.array(1),
    }
    rows = np.array([[9, 0.5], [9, 0.6]], dtype=np.float32)
    assert Trees(tables, "t_").logits(rows).tolist() == [9, 13]
