-- KEYS[2]: the tag's set. ARGV[3]: the tag, ARGV[4]: how many entries at most, ARGV[5]: 1 at the first call, which leases have to notice,
-- ARGV[6]: a first epoch, as for a lease. Returns {how many there were, how many members are left to look at}.
local set, tag = KEYS[2], ARGV[3]
if ARGV[5] == '1' and redis.call('EXISTS', MARKS) == 1 then
  local last = redis.call('ZREVRANGE', MARKS, 0, 0, 'WITHSCORES')[2]
  local marked = redis.pcall('ZADD', MARKS, string.format('%.0f', (last or ARGV[6]) + 1), 't' .. tag)
  if type(marked) == 'table' then
    -- No memory for a mark: without any, no lease of this moment stands for an entry with tags.
    redis.call('UNLINK', MARKS)
  elseif redis.call('ZCARD', MARKS) > MARKS_MAX then
    redis.call('ZREMRANGEBYRANK', MARKS, 0, 0)
  end
end
local removed = 0
for _, key in ipairs(redis.call('ZRANGE', set, 0, ARGV[4] - 1)) do
  local entry = entryKey(key)
  local head = headerAt(entry)
  local carries = false
  for _, carried in ipairs(head and tagsIn(head) or {}) do
    carries = carries or carried == tag
  end
  if carries and keepUntil(head) <= now then
    forget(entry, head)
  elseif carries and erase(entry) then
    removed = removed + 1
  end
  redis.call('ZREM', set, key)
end
return {removed, redis.call('ZCARD', set)}
