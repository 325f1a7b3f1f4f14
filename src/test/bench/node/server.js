// GET /api/tweets as it is usually written for Node: one transaction that sets the claims and reads under the policy. It
// believes the token without checking the signature or the session, which the product does not, so the comparison leans
// towards this server.
import { createHmac } from 'node:crypto'
import Fastify from 'fastify'
import pg from 'pg'

const pool = new pg.Pool({ max: Number(process.env.POOL ?? 10) })
const app = Fastify()
const key = Buffer.from(process.env.CLAIMS_KEY, 'hex')

const text = { type: 'string' }
const time = { type: 'string', format: 'date-time' }
const answer = {
  type: 'object',
  properties: {
    tweets: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          id: text,
          user_id: text,
          content: text,
          status: text,
          scheduled_for: { ...time, nullable: true },
          time_zone: { ...text, nullable: true },
          created_at: time,
          updated_at: time,
        },
      },
    },
  },
}

function tenantOf(request) {
  const token = request.headers.authorization.slice('Bearer '.length)
  return JSON.parse(Buffer.from(token.split('.')[1], 'base64url')).sub
}

app.get('/health', async () => ({ status: 'UP' }))

app.get('/api/tweets', { schema: { response: { 200: answer } } }, async (request) => {
  const tenant = tenantOf(request)
  const limit = Math.min(Number(request.query.limit ?? 50), 100)
  const client = await pool.connect()
  try {
    await client.query('begin')
    const claims = JSON.stringify({ sub: tenant, role: 'authenticated' })
    await client.query({
      name: 'claims',
      text: "select set_config('request.jwt.claims', $1, true), set_config('coral.claims_signature', $2, true)",
      values: [claims, createHmac('sha256', key).update(claims).digest('hex')],
    })
    const { rows } = await client.query({
      name: 'tweets',
      text: 'select id, user_id, content, status, scheduled_for, time_zone, created_at, updated_at from public.tweets '
        + 'where user_id = $1 order by created_at desc, id limit $2',
      values: [tenant, limit],
    })
    await client.query('commit')
    return { tweets: rows }
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
})

await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
