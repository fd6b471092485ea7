"""What may go wrong with attachments."""

from linli.kernel.errors import Rejected


class TooManyPhotos(Rejected):
    """More photographs than the packs let a report or a case have."""

    code = "too_many_photos"

    def __init__(self, most: int) -> None:
        super().__init__(
            f"照片最多 {most} 张，没有收下。请只留最能说明情况的几张。",
            f"At most {most} photographs are taken, so none was. Keep those that show it best.",
            field="photos",
        )
