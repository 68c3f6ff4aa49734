"""Legal publicity (普法宣传): events, materials, new media, duty lists, the five-year plan and surveys."""
