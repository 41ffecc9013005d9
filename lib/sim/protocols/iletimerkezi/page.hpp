// Lists come page by page.
#pragma once

#include "sim/detail/call.hpp"

#include <boost/json/object.hpp>

namespace ulak::sim::iletimerkezi {

constexpr std::size_t max_rows = 1'000; ///< of a page

/// Page numbers count from 1.
struct page {
    std::size_t number = 1;
    std::size_t rows = max_rows;
};

/// Reads "page" and "rowCount", as numbers or texts. nullopt, with a mistake, when one of them makes no sense.
std::optional<page> read_page(call& c, const boost::json::object& in, std::size_t rows);

} // namespace ulak::sim::iletimerkezi
