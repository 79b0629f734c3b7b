-- KEYS[2]: the entry. ARGV[3]: token, ARGV[4]: for how many milliseconds a lease is held, ARGV[5]: a first epoch, chosen at random, so that
-- marks that the server has evicted are not taken for there being none.
-- Returns the frame when it is fresh or cannot be told, else {token, epoch} of the lease that stands.
local entry = KEYS[2]
local value = redis.pcall('GET', entry)
if type(value) == 'string' and (not isFrame(value) or isFresh(value)) then
  return value
end
local key, millis = keyOf(entry), tonumber(ARGV[4])
local time = redis.call('TIME')
local server = time[1] * 1000 + math.floor(time[2] / 1000)
local held = redis.call('HGET', LEASES, key)
if held then
  local ends, epoch, token = string.match(held, '^(%d+):(%d+):(.*)$')
  if tonumber(ends) > server then
    return {token, epoch}
  end
end
local epoch = redis.call('ZREVRANGE', MARKS, 0, 0, 'WITHSCORES')[2]
if not epoch then
  epoch = ARGV[5]
  redis.call('ZADD', MARKS, epoch, '')
end
redis.call('HSET', LEASES, key, string.format('%.0f', server + millis) .. ':' .. epoch .. ':' .. ARGV[3])
keepFor(LEASES, millis)
keepFor(MARKS, millis)
-- Leases whose holder died go with those that come.
if redis.call('HLEN', LEASES) > 64 then
  local some = redis.call('HRANDFIELD', LEASES, 4, 'WITHVALUES')
  for i = 1, #some, 2 do
    if tonumber(string.match(some[i + 1], '^%d+')) <= server then
      redis.call('HDEL', LEASES, some[i])
    end
  end
end
return {ARGV[3], epoch}
