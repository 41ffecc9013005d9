// The one-time code in a message, as people get it. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ulak::kinds::otp {

struct message_code {
    std::string code{};                ///< empty: there is none, or none is sure
    std::vector<std::string> unsure{}; ///< two or more that weigh the same; `code` is empty then
};

/// Groups that belong together are joined; links, dates, amounts, phone numbers and references are passed over. What
/// stands nearest to a word for a code goes before other numbers:
///
/// | rank | the candidate                                                                         |
/// | 0    | beside such a word, or behind it and a colon or "is"; or before it, as in "X is your code" |
/// | 1    | behind such a word in its sentence                                                    |
/// | 2    | before such a word in its sentence                                                    |
/// | 3    | in another sentence than such a word                                                  |
/// | 4    | in a message without any such word                                                    |
///
/// The best rank decides; several values in it are unsure. Words of letters are codes only beside a word for a code, or
/// as the whole message.
message_code find_message_code(std::string_view utf8);

} // namespace ulak::kinds::otp
