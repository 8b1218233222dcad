from infragraph import Bucket, Secret

files = Bucket("files", versioned=True)
signing = Secret("SIGNING_KEY")
ambient = Secret("AMBIENT_KEY")

AMBIENT = ambient.get()


def signed(text: str) -> str:
    return text + signing.get()


async def copy(key: str, target: str) -> None:
    await files.upload(target, await files.download(key))
