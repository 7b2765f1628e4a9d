"""Group the test pictures into triples, in their listed order."""

import logging

from lib.commands import run
from lib.params import Params
from lib.paths import Paths
from lib.schemas.images import IMAGES
from lib.schemas.triples import TRIPLES
from lib.stories.triples import consecutive_triples
from lib.tables import read_table, write_table

log = logging.getLogger("triptych")


def main(params: Params, paths: Paths) -> None:
    images = read_table(paths.images("test_captions"), IMAGES)
    test = images.loc[images["split"] == "test", "image_id"].tolist()
    triples = consecutive_triples(test, params.triples.size, params.triples.n_triples)
    write_table(triples, TRIPLES, paths.triples)
    log.info("%d triples of %d pictures", len(triples), params.triples.size)


if __name__ == "__main__":
    run(main)
