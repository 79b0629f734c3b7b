-- What every script begins with: how a frame is read, and how an entry changes together with its tags.
--
-- A lease is a hole in the entry's place: whatever writes or removes the entry ends it. A frame that is still kept follows it.
--
-- KEYS[1] is never there. While a cluster moves a slot, a missing key among several makes it answer TRYAGAIN; so no script ever sees
-- half of a bucket. ARGV[1] is the caller's time in milliseconds since the epoch, ARGV[2] the prefix of the bucket.

local now, prefix = tonumber(ARGV[1]), ARGV[2]
local MARKS = prefix .. 'm' -- sorted set: 't' and a tag -> the epoch at which it was invalidated; '' -> the first epoch told apart
local MARKS_MAX = 4096
local MAGIC = '\156\76\1'
-- Then two bytes for the token's size, eight for when the lease ends by this server's clock (0: with the key), eight for the epoch at which
-- it was granted, and the token.
local HOLE = '\156\72\1'
local HOLE_MIN = 21
local HEADER_MIN = 36

local function entryKey(key)
  return prefix .. 'e:' .. key
end

local function tagKey(tag)
  return prefix .. 't:' .. tag
end

local function keyOf(entry)
  return string.sub(entry, #prefix + 3)
end

local function isFrame(bytes)
  return type(bytes) == 'string' and #bytes >= HEADER_MIN and string.sub(bytes, 1, 3) == MAGIC
end

local function isFresh(head)
  return struct.unpack('>i8', head, 5) > now
end

-- Past this an entry is gone, though the server may still have it for a moment.
local function keepUntil(head)
  return struct.unpack('>i8', head, 13)
end

local function createdAt(head)
  return struct.unpack('>i8', head, 21)
end

local function payloadAt(head)
  return struct.unpack('>I4', head, 29)
end

-- Returns the token of a hole, when its lease ends and how long the hole is, or nil and 0 where there is none.
local function holeIn(bytes)
  if type(bytes) ~= 'string' or #bytes < HOLE_MIN or string.sub(bytes, 1, 3) ~= HOLE then
    return nil, 0, 0
  end
  local size = HOLE_MIN + struct.unpack('>I2', bytes, 4)
  return string.sub(bytes, HOLE_MIN + 1, size), struct.unpack('>i8', bytes, 6), size
end

-- Returns the frame's header under an entry's key and where it is, or nil where there is no frame; a value of another type is nobody's.
local function headerAt(entry)
  local head = redis.pcall('GETRANGE', entry, 0, 255)
  local _, _, at = holeIn(head)
  if at > 0 then
    head = redis.call('GETRANGE', entry, at, at + 255)
  end
  if not isFrame(head) then
    return nil
  end
  if payloadAt(head) > #head then
    head = redis.call('GETRANGE', entry, at, at + payloadAt(head) - 1)
  end
  return head, at
end

local function hasFlag(head, flag)
  return math.floor(string.byte(head, 4) / flag) % 2 == 1
end

local function tagsIn(head)
  local tags = {}
  if not hasFlag(head, 4) then
    return tags
  end
  local at = HEADER_MIN + 1
  local function number()
    local sum, scale, byte = 0, 1, 0
    repeat
      byte = string.byte(head, at) or 0
      sum = sum + byte % 128 * scale
      scale = scale * 128
      at = at + 1
    until byte < 128
    return sum
  end
  local function text()
    local size = number()
    at = at + size
    return string.sub(head, at - size, at - 1)
  end
  text() -- the codec
  if hasFlag(head, 2) then
    text() -- the key
  end
  local count = number()
  while #tags < count and at <= #head do
    tags[#tags + 1] = text()
  end
  return tags
end

local function isLeased(entry, token)
  return holeIn(redis.pcall('GETRANGE', entry, 0, HOLE_MIN + #token)) == token
end

-- Takes the hole away, and leaves the frame behind it.
local function fill(entry)
  local value = redis.call('GET', entry)
  local _, _, size = holeIn(value)
  if size < #value then
    redis.call('SET', entry, string.sub(value, size + 1), 'KEEPTTL')
  else
    redis.call('UNLINK', entry)
  end
end

-- Enters a key under its tags; a tag's set lasts as long as the last of its entries. millis < 0 stands for ever.
local function index(key, head, millis)
  local score = millis < 0 and '+inf' or keepUntil(head)
  for _, tag in ipairs(tagsIn(head)) do
    local set = tagKey(tag)
    local left = redis.call('PTTL', set)
    redis.call('ZADD', set, score, key)
    if millis < 0 then
      redis.call('PERSIST', set)
    elseif left == -2 or left >= 0 and left < millis then
      redis.call('PEXPIRE', set, millis)
    end
    -- A few of those whose time is over go with each that comes, so that the set does not outgrow its entries.
    for _, old in ipairs(redis.call('ZRANGEBYSCORE', set, '-inf', now, 'LIMIT', 0, 4)) do
      if redis.call('EXISTS', entryKey(old)) == 0 then
        redis.call('ZREM', set, old)
      end
    end
  end
end

local function unindex(key, head)
  for _, tag in ipairs(tagsIn(head)) do
    redis.call('ZREM', tagKey(tag), key)
  end
end

-- Removes an entry and its tags.
local function discard(entry, head)
  if head then
    unindex(keyOf(entry), head)
  end
  redis.call('UNLINK', entry)
end

-- Removes an entry whose time is over, with its tags, but not the lease on it: the load that replaces it has nothing to do with them.
local function forget(entry, head)
  local value = redis.call('GET', entry)
  local _, _, size = holeIn(value)
  if size > 0 then
    unindex(keyOf(entry), head)
    redis.call('SET', entry, string.sub(value, 1, size), 'KEEPTTL')
  else
    discard(entry, head)
  end
end

-- Removes an entry, its tags and its lease, and returns whether it was fresh.
local function erase(entry)
  local head = headerAt(entry)
  discard(entry, head)
  return head ~= nil and isFresh(head)
end

-- Puts a frame in place of what was there. millis is how long the server keeps it: < 0 for ever, 0 not at all.
local function store(entry, frame, millis)
  local head, key = headerAt(entry), keyOf(entry)
  -- First, because a server without memory left refuses only a script's first write, and then nothing has changed.
  if millis == 0 then
    redis.call('UNLINK', entry)
  elseif millis < 0 then
    redis.call('SET', entry, frame)
  else
    redis.call('SET', entry, frame, 'PX', millis)
  end
  if head then
    unindex(key, head)
  end
  if millis ~= 0 then
    index(key, frame, millis)
  end
end
