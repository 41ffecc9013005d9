// Lists come page by page, in one of three shapes; the document shows none of them.
#pragma once

#include "sim/detail/call.hpp"

namespace ulak::sim::tamonay {

struct page {
    std::size_t number = 1;
    std::size_t size = 15;
    std::size_t total = 0;

    std::size_t first() const { return (number - 1) * size; }
    std::size_t last_number() const { return total == 0 ? 1 : (total + size - 1) / size; }
};

/// Reads the page of a list with `total` rows from the query; anything that makes no sense is a mistake.
page read_page(call& c, std::size_t total);

/// The rows of one page. The fault list-shape chooses: plain, inside (default) or meta.
http::reply page_reply(call& c, const page& p, const std::vector<json::value>& rows);

} // namespace ulak::sim::tamonay
