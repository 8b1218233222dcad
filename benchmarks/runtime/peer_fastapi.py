"""The same endpoint on FastAPI, in a module of its own: what it loads is its memory."""

import fastapi
import pydantic


class Model(pydantic.BaseModel):
    id: int
    name: str
    tags: list[str]


fast = fastapi.FastAPI()


@fast.post("/orders")
async def echo_model(order: Model) -> Model:
    return order
