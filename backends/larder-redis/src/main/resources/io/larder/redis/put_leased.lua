-- KEYS[2]: the entry. ARGV[3]: token and ARGV[4]: epoch of the lease, ARGV[5]: frame, ARGV[6]: for how many milliseconds the server keeps it.
-- Ends the lease and returns 1 if it stood, else 0.
local entry, epoch, frame = KEYS[2], tonumber(ARGV[4]), ARGV[5]
if not isLeased(entry, ARGV[3]) then
  return 0
end
local tags = tagsIn(frame)
if #tags > 0 then
  local first = redis.call('ZRANGE', MARKS, 0, 0, 'WITHSCORES')[2]
  local last = redis.call('ZREVRANGE', MARKS, 0, 0, 'WITHSCORES')[2]
  local stands = first and epoch >= first - 1 and epoch <= tonumber(last)
  for _, tag in ipairs(tags) do
    stands = stands and epoch >= tonumber(redis.call('ZSCORE', MARKS, 't' .. tag) or 0)
  end
  if not stands then
    fill(entry)
    return 0
  end
end
store(entry, frame, tonumber(ARGV[6]))
return 1
