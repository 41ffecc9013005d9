// A text with its escapes decoded, and where each byte came from: finds secrets that travel encoded.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ulak::events {

struct decoded_text {
    std::string bytes{};
    std::vector<std::size_t> source_offsets{}; ///< in the text, of each byte and of the end

    /// %41 becomes A; what is no escape stays. `plus_is_blank`: as in a form's body.
    static decoded_text from_percent(std::string_view text, bool plus_is_blank);

    /// The escapes of a JSON string, \u0041 and surrogate pairs included; what is no escape stays.
    static decoded_text from_json(std::string_view text);

  private:
    void append(char c, std::size_t from);
    void append_code_point(char32_t point, std::size_t from);
};

} // namespace ulak::events
