// One page of a list as JSON: {"NAME":[…],"next":CURSOR}. `next` is null on the last page, else what the caller gives
// back to have the next one.
#pragma once

#include "async/yield.hpp"
#include "control/detail/request_context.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace ulak::control {

/// The largest page, of any list. A page ends before it, whatever its `limit`.
inline constexpr std::size_t max_page_bytes = 2u << 20;
/// Of those who only look: they ask less of the machine than who operates it.
inline constexpr std::size_t max_view_page_bytes = 512u << 10;
inline constexpr std::size_t max_view_rows = 1000;

/// `?limit=`: from 1 to `most`, `usual` if it is absent. Those who only look get `max_view_rows` whatever they ask for.
result<std::size_t> parse_page_limit(const request_context& c, std::size_t usual, std::size_t most);

/// A name as a cursor of those who only look; empty when a number may be in it.
std::string public_cursor(const std::string& name);

class list_page {
  public:
    /// The context outlives it. Those who only look get of each row what the route's list names.
    list_page(request_context& c, std::string_view name, std::size_t limit);

    /// How many rows to ask the store for: one more than fit, to know whether there is another page.
    std::size_t wanted() const noexcept { return limit_ + 1; }
    /// `cursor`: by which the rows behind this one are found; empty where the caller must not learn it, so that the
    /// first page is the only one. False: the page is full, and the row is on the next one.
    bool add(boost::json::object row, std::string cursor);
    http::reply reply() &&;

  private:
    request_context& context_;
    const shown_field* shown_ = nullptr; ///< of the list
    std::string text_;
    std::string last_{}; ///< cursor of the last row
    std::size_t limit_, max_bytes_;
    std::size_t rows_ = 0;
    bool more_ = false;
};

/// Rows that are made into JSON before others on the loop get their turn: about a millisecond.
inline constexpr std::size_t rows_per_slice = 100;

/// Adds row after row as `view_of(row)` with `cursor_of(row)`, until the page is full.
template<class Row, class View, class Cursor>
task<> fill_page(list_page& page, const std::vector<Row>& rows, View view_of, Cursor cursor_of)
{
    std::size_t made = 0;
    for (const Row& r : rows) {
        if (!page.add(view_of(r), cursor_of(r)))
            break;
        if (++made % rows_per_slice == 0)
            co_await async::yield();
    }
}

} // namespace ulak::control
