"""images.parquet: one row is one usable picture, in the order in which its dataset lists it."""

import pyarrow as pa

from lib.tables import column

TEXT = pa.string()

IMAGES = pa.schema(
    [
        column("image_id", TEXT, "COCO: the id in decimal; Flickr8k: the file name without .jpg"),
        column("split", TEXT, "train, validation or test"),
        column("archive", TEXT, "zip file or folder, relative to the dataset's folder"),
        column("member", TEXT, "path of the picture inside the archive"),
        column("width_px", pa.int64(), "width as shown, after the EXIF rotation, in pixels"),
        column("height_px", pa.int64(), "height as shown, after the EXIF rotation, in pixels"),
        column("place", TEXT, "where the scene is; rendered scenes only", nullable=True),
        column("subject", TEXT, "who acts; rendered scenes only", nullable=True),
        column("action", TEXT, "what the subject does; rendered scenes only", nullable=True),
        column("second_thing", TEXT, "what else is seen; rendered scenes only", nullable=True),
        column("colour", TEXT, "the named colour; rendered scenes only", nullable=True),
    ],
    metadata={"key": "image_id"},
)
