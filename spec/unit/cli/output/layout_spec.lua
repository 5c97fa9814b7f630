-- How tables fit a terminal.

local layout = require "streamctl.cli.output.layout"

describe("the layout of a table", function()
  it("folds between words, behind slashes, and in a word where there is no other way", function()
    for text, case in pairs {
      ["one two three"] = { 8, { "one two", "three" } },
      ["one two  three"] = { 13, { "one two", "three" } },
      ["one two"] = { 7, { "one two" } },
      [""] = { 5, { "" } },
      ["https://a.example/b/c"] = { 12, { "https://", "a.example/b/", "c" } },
      ["abcdefgh ij"] = { 3, { "abc", "def", "gh", "ij" } },
      ["größe größe"] = { 5, { "größe", "größe" } },
      ["größegröße"] = { 4, { "größ", "egrö", "ße" } },
    } do
      assert.same(case[2], layout.fold(text, case[1]), text)
    end
  end)

  it("keeps words together up to 40 characters", function()
    assert.equal(5, layout.least "one three")
    assert.equal(10, layout.least "https://a.example/b")
    assert.equal(5, layout.least "größe")
    assert.equal(40, layout.least(("x"):rep(50)))
    assert.equal(0, layout.least "")
  end)

  it("gives each column its least, then as many as possible all that they want", function()
    assert.same({ 5, 10, 25 }, layout.widths({ 5, 10, 60 }, { 5, 4, 10 }, 40))
    assert.same({ 20, 20 }, layout.widths({ 50, 60 }, { 10, 10 }, 40))
    assert.same({ 5, 5 }, layout.widths({ 5, 5 }, { 5, 5 }, 10))
    assert.is_nil(layout.widths({ 5, 6 }, { 5, 6 }, 10))
  end)
end)
