#include "kinds/otp_acquire/code.hpp"

#include "core/text.hpp"
#include "kinds/otp_acquire/message_code.hpp"

#include <algorithm>
#include <regex>

namespace ulak::kinds::otp {
namespace {

/// std::regex recurses once per character. No SMS is longer than this.
constexpr std::size_t longest_matched = 4096;
constexpr std::size_t longest_code = 64;
constexpr std::size_t longest_kept = 2000;

std::string first_match(const std::regex& pattern, const std::string& text)
{
    std::smatch found;
    if (!std::regex_search(text, found, pattern))
        return {};
    return found.size() > 1 && found[1].matched ? found[1].str() : found[0].str();
}

bool all_digits(const std::string& text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string finished(std::string code, std::size_t length)
{
    code = printable(trim(code), longest_code);
    if (all_digits(code) && code.size() < length)
        code.insert(0, length - code.size(), '0');
    return code;
}

message_code find(const settings& s, const providers::number_status& status, const std::string& message)
{
    if (s.code_pattern)
        return {first_match(*s.code_pattern, message.substr(0, longest_matched)), {}};
    if (!trim(status.code).empty())
        return {status.code, {}};
    return find_message_code(message);
}

} // namespace

extracted_code extract_code(const settings& s, const providers::number_status& status)
{
    const std::string& message = status.text.empty() ? status.code : status.text;
    auto found = find(s, status, message);
    extracted_code out;
    out.text = printable(message, longest_kept);
    out.code = finished(std::move(found.code), s.code_length);
    for (std::string& one : found.unsure)
        out.unsure.push_back(finished(std::move(one), s.code_length));
    return out;
}

} // namespace ulak::kinds::otp
