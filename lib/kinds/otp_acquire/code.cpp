// From an arrived message to the code in it.
#include "core/text.hpp"
#include "kinds/otp_acquire/settings.hpp"

#include <algorithm>

namespace ulak::kinds::otp {
namespace {

/// std::regex recurses once per letter; a message longer than this is no SMS.
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

std::string extract_code(const settings& how, const providers::number_status& news)
{
    const std::string message = (news.text.empty() ? news.code : news.text).substr(0, longest_message);
    std::string code;
    if (how.code_pattern)
        code = first_match(*how.code_pattern, message);
    if (code.empty())
        code = std::string(trim(news.code));
    if (code.empty())
        code = common_code(message);
    if (code.empty())
        code = std::string(trim(message)); // the number is spent: better the whole message than nothing
    code = printable(code, longest_code);
    if (all_digits(code) && code.size() < how.code_length)
        code.insert(0, how.code_length - code.size(), '0');
    return code;
}

} // namespace ulak::kinds::otp
