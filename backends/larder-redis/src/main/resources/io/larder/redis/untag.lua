-- KEYS[2]: the entry. ARGV[3..]: tags that it had. Takes it out of those that it has no more.
local entry = KEYS[2]
local head = headerAt(entry)
local carried = {}
for _, tag in ipairs(head and tagsIn(head) or {}) do
  carried[tag] = true
end
for i = 3, #ARGV do
  if not carried[ARGV[i]] then
    redis.call('ZREM', tagKey(ARGV[i]), keyOf(entry))
  end
end
return 0
