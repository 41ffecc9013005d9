"""aiohttp under load, until it is killed: URL CA-FILE CONNECTIONS"""
import asyncio
import ssl
import sys

import aiohttp

url, ca, connections = sys.argv[1], sys.argv[2], int(sys.argv[3])


async def ask_for_ever(session):
    while True:
        async with session.get(url + "/key/getMessage/100") as answer:
            body = await answer.json()
            if answer.status != 200 or body["status"] != 0:
                sys.exit(1)


async def main():
    way = aiohttp.TCPConnector(limit=connections, ssl=ssl.create_default_context(cafile=ca))
    async with aiohttp.ClientSession(connector=way, timeout=aiohttp.ClientTimeout(total=30)) as session:
        await asyncio.gather(*(ask_for_ever(session) for _ in range(connections)))


asyncio.run(main())
