-- KEYS[2]: the entry. ARGV[3]: delta, ARGV[4]: the frame that stands in where there is no entry, ARGV[5]: for how many milliseconds the
-- server keeps that one. Returns the sum as text, or 0 when what is there is no integer, or 1 when the sum is beyond 64 bits.
local entry, delta = KEYS[2], ARGV[3]

-- A script's numbers are exact up to 53 bits; beyond that the server itself adds.
local function sumOf(number)
  local a, b = tonumber(number), tonumber(delta)
  if math.abs(a) < 2 ^ 52 and math.abs(b) < 2 ^ 52 then
    return string.format('%.0f', a + b)
  end
  local scratch = prefix .. 'n'
  redis.call('SET', scratch, number)
  local done = redis.pcall('INCRBY', scratch, delta)
  local sum = redis.call('GET', scratch)
  redis.call('DEL', scratch)
  return type(done) == 'number' and sum or nil
end

local head, at = headerAt(entry)
local counts = head ~= nil and isFresh(head)
local frame = counts and string.sub(redis.call('GET', entry), at + 1) or ARGV[4]
if not hasFlag(frame, 8) then
  return 0
end
local sum = sumOf(string.sub(frame, payloadAt(frame) + 1))
if not sum then
  return 1
end
frame = string.sub(frame, 1, payloadAt(frame)) .. sum
if counts then
  redis.call('SET', entry, frame, 'KEEPTTL')
else
  store(entry, frame, tonumber(ARGV[5]))
end
return sum
