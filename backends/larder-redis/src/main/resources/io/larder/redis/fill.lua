-- KEYS[2]: the entry. ARGV[3]: the hole that stands there, and no more, while the lease does, ARGV[4]: a frame without tags, ARGV[5]: for how
-- many milliseconds the server keeps it, < 0 for ever.
-- Ends the lease and returns 1 if it stood, else 0: put_leased.lua for most loads, in a fraction of the time.
local entry = KEYS[2]
if redis.pcall('GET', entry) ~= ARGV[3] then
  return 0
end
if tonumber(ARGV[5]) < 0 then
  redis.call('SET', entry, ARGV[4])
else
  redis.call('SET', entry, ARGV[4], 'PX', ARGV[5])
end
return 1
