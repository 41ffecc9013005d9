// Node's undici under load, until it is killed: URL CA-FILE CONNECTIONS
const { Pool } = require('undici')
const { readFileSync } = require('fs')
const [url, ca, connections] = process.argv.slice(2)
const pool = new Pool(url, { connections: Number(connections), connect: { ca: readFileSync(ca) }, bodyTimeout: 30000 })

async function askForEver () {
  for (;;) {
    const answer = await pool.request({ path: '/key/getMessage/100', method: 'GET' })
    const body = await answer.body.json()
    if (answer.statusCode !== 200 || body.status !== 0) process.exit(1)
  }
}
for (let i = 0; i < Number(connections); i++) askForEver().catch(e => { console.error(e); process.exit(1) })
