import asyncio


async def test_fetches_all_at_once():
    assert await asyncio.gather(asyncio.sleep(0, "a"), asyncio.sleep(0, "b")) == ["a", "b"]
