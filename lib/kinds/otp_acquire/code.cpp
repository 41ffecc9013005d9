#include "kinds/otp_acquire/code.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <regex>

namespace ulak::kinds::otp {
namespace {

/// std::regex recurses once per character. No SMS is longer than this.
constexpr std::size_t longest_message = 4096;
constexpr std::size_t longest_code = 64;

std::string first_match(const std::regex& pattern, const std::string& text)
{
    std::smatch found;
    if (!std::regex_search(text, found, pattern))
        return {};
    return found.size() > 1 && found[1].matched ? found[1].str() : found[0].str();
}

/// "123-456" is a code of six digits.
std::string common_code(const std::string& text)
{
    static const std::regex plain("\\b\\d{4,8}\\b"), dashed("\\b(\\d{3})-(\\d{3})\\b");
    std::smatch found;
    if (std::regex_search(text, found, dashed))
        return found[1].str() + found[2].str();
    return first_match(plain, text);
}

bool all_digits(const std::string& text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

std::string extract_code(const settings& s, const providers::number_status& status)
{
    const std::string message = (status.text.empty() ? status.code : status.text).substr(0, longest_message);
    std::string code;
    if (s.code_pattern)
        code = first_match(*s.code_pattern, message);
    if (code.empty())
        code = std::string(trim(status.code));
    if (code.empty())
        code = common_code(message);
    if (code.empty())
        code = std::string(trim(message));
    code = printable(code, longest_code);
    if (all_digits(code) && code.size() < s.code_length)
        code.insert(0, s.code_length - code.size(), '0');
    return code;
}

} // namespace ulak::kinds::otp
