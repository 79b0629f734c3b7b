-- KEYS[2..]: entries. ARGV[3]: mode; then for each entry its frame and for how many milliseconds the server keeps it.
-- Returns how many were stored.
local mode, stored = ARGV[3], 0
for i = 2, #KEYS do
  local allowed = mode == 'ALWAYS'
  if not allowed then
    local head = headerAt(KEYS[i])
    allowed = (head ~= nil and isFresh(head)) == (mode == 'IF_PRESENT')
  end
  if allowed then
    store(KEYS[i], ARGV[2 * i], tonumber(ARGV[2 * i + 1]))
    stored = stored + 1
  end
end
return stored
