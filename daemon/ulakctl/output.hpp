// Tables, colours and words for a terminal; plain text for a pipe.
#pragma once

#include <boost/json/value.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ulak::ctl {

/// What standard output is: a terminal of that width, or something that reads on.
struct screen {
    bool terminal = false;
    bool colour = false;   ///< a terminal, and NO_COLOR is not set
    std::size_t width = 0; ///< 0: no limit
};
screen look_at_output();

enum class tone { plain, good, bad, warn, faint, strong };
std::string paint(const screen& s, tone t, std::string_view text);

/// The tone of a state's word; the word itself always says as much.
tone tone_of(std::string_view state);

/// Rows under their headers. On a terminal that is too narrow the last column gives way, then the widest others; the
/// first one, which names the row, at last.
class table {
  public:
    explicit table(std::vector<std::string> headers) : headers_(std::move(headers)) {}
    void row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
    bool empty() const noexcept { return rows_.empty(); }
    std::string text(const screen& s) const;
    std::vector<std::string> lines(const screen& s) const; ///< the headers first; without line ends

  private:
    std::vector<std::size_t> widths(const screen& s) const;
    std::vector<std::string> headers_;
    std::vector<std::vector<std::string>> rows_;
};

/// A value as a cell: texts as they are, null as "-", objects {"amount","unit"} as "4.00 TRY".
std::string cell(const boost::json::value* v);
std::string cell(const boost::json::object& o, std::string_view key);
/// "2026-11-22 12:00:01" in the machine's own zone, from RFC 3339.
std::string local_time(const boost::json::object& o, std::string_view key);
/// The same for a table: "12:00:01" today, "11-22 12:00" this year, else "2026-11-22".
std::string short_time(const boost::json::object& o, std::string_view key);

/// Of a time that says its offset, as it stands: "11-23 09:00 +03:00" this year, else with the year.
std::string zone_time(const boost::json::object& o, std::string_view key);

/// [#####     ] 512/1000; without the bar where its width is 0
std::string progress_bar(std::size_t done, std::size_t all, std::size_t width);

/// The same for a bulk send's `counts`: how many were handed over, and how many arrived. Empty for a run without them.
std::string progress_of(const boost::json::object& run, std::size_t width);

/// What is wrong with the store, from /v1/status: "the store is held: …". Empty: nothing.
std::string store_trouble(const boost::json::object& status);

} // namespace ulak::ctl
