-- Ends the lease. KEYS[2]: the entry. ARGV[3]: both deadlines as the frame has them, ARGV[4]: for how many milliseconds the server keeps it.
-- Returns 1 if there was an entry, else 0.
local entry, millis = KEYS[2], tonumber(ARGV[4])
local head, at = headerAt(entry)
if not head or not isFresh(head) then
  return 0
end
redis.call('SETRANGE', entry, at + 4, ARGV[3])
if at > 0 then
  fill(entry)
end
if millis < 0 then
  redis.call('PERSIST', entry)
else
  redis.call('PEXPIRE', entry, millis)
end
index(keyOf(entry), string.sub(head, 1, 4) .. ARGV[3] .. string.sub(head, 21), millis)
return 1
