-- KEYS[2]: the entry. ARGV[3]: token, ARGV[4]: for how many milliseconds a lease is held, ARGV[5]: a first epoch, chosen at random, so that
-- marks that the server has evicted are not taken for there being none, ARGV[6]: a frame that was made until then is replaced though it is fresh,
-- ARGV[7]: 1 if the token has stood here already.
-- Returns the frame when it is fresh, and not to be replaced, or cannot be told, else {token, epoch} of the lease that stands.
local function hole(token, ends, epoch)
  return HOLE .. struct.pack('>I2i8i8', #token, ends, epoch) .. token
end

local entry, token, millis = KEYS[2], ARGV[3], tonumber(ARGV[4])
local frame = redis.pcall('GET', entry)
local held, ends, size = holeIn(frame)
if held then
  frame = #frame > size and string.sub(frame, size + 1)
end
if type(frame) == 'string' and (not isFrame(frame) or isFresh(frame) and createdAt(frame) > tonumber(ARGV[6])) then
  return frame
end
local time = redis.call('TIME')
local server = time[1] * 1000 + math.floor(time[2] / 1000)
if held and held ~= token and (ends == 0 or ends > server) then
  return {held, string.format('%.0f', struct.unpack('>i8', redis.call('GETRANGE', entry, 13, 20), 1))}
end
if held ~= token and ARGV[7] == '1' then
  -- Broken since. A token that stood again would tell those who wait for its end what was loaded before they asked.
  return {token, '-1'}
end
local epoch = redis.call('ZREVRANGE', MARKS, 0, 0, 'WITHSCORES')[2]
if not epoch then
  epoch = ARGV[5]
  redis.call('ZADD', MARKS, epoch, '')
end
if redis.call('PTTL', MARKS) < millis then
  redis.call('PEXPIRE', MARKS, millis)
end
if held == token then
  redis.call('SETRANGE', entry, 13, struct.pack('>i8', epoch))
elseif isFrame(frame) and keepUntil(frame) > now then
  redis.call('SET', entry, hole(token, server + millis, epoch) .. frame, 'KEEPTTL')
  local left = redis.call('PTTL', entry)
  if left >= 0 and left < millis then
    redis.call('PEXPIRE', entry, millis)
  end
else
  redis.call('SET', entry, hole(token, 0, epoch), 'PX', millis)
  if isFrame(frame) then
    unindex(keyOf(entry), frame)
  end
end
return {token, epoch}
