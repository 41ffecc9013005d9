// The types of orders that the panel family has: how each is paid, and which fields it takes.
//
//   type                                    | is paid                | takes, beside the link
//   ----------------------------------------|------------------------|------------------------------------------------
//   Default                                 | per thousand           | quantity, runs and interval of a drip
//   Package                                 | once                   | nothing
//   SEO                                     | per thousand           | quantity, keywords
//   Custom Comments, Comment Replies        | per thousand, by lines | comments; for replies also username
//   Custom Comments Package                 | once                   | comments
//   Mentions, … with Hashtags               | per thousand           | quantity, usernames; with hashtags also hashtags
//   Mentions Custom List                    | per thousand, by lines | usernames
//   Mentions Hashtag, … User Followers,     | per thousand           | quantity, and hashtag, username or media
//     … Media Likers                        |                        |
//   Comment Likes                           | per thousand           | quantity, username
//   Poll                                    | per thousand           | quantity, answer_number
//   Invites from Groups                     | per thousand           | quantity, groups
//   Web Traffic                             | per thousand           | quantity
//   Subscriptions                           | as posts come          | username instead of the link, min, max
//   any other                               | nobody knows           | what the job gives
#pragma once

#include <span>
#include <string_view>

namespace ulak::kinds::smm {

enum class payment {
    per_thousand,
    per_thousand_lines, ///< of the field `lines_of`; such an order has no quantity
    once,
    open ///< nothing can be reckoned before the end
};

struct order_type {
    std::string_view name; ///< as the panel writes it, letters and digits in lower case
    payment paid = payment::per_thousand;
    bool takes_quantity = true, takes_link = true;
    std::string_view lines_of{};               ///< the field whose lines count
    std::span<const std::string_view> needs{}; ///< further fields
};

/// By the panel's word for it, in any case of letters; an empty one is "Default". nullptr: none of the family's.
const order_type* find_order_type(std::string_view said) noexcept;

} // namespace ulak::kinds::smm
