// Codes of problems that kinds find in job files. A code never changes its meaning and is never reused.
#pragma once

#include <string_view>

namespace ulak::kinds::codes {

using code = std::string_view;

inline constexpr code unknown_account = "U0401";        ///< No account of ulak.yaml has this name.
inline constexpr code unsupported_capability = "U0402"; ///< The account's provider cannot do what the job asks.
inline constexpr code no_cancel = "U0403";              ///< on_timeout: cancel where no cancel is documented.
inline constexpr code no_time_to_cancel = "U0404";      ///< wait.code leaves no time to cancel for the refund.
inline constexpr code bad_pattern = "U0405";            ///< match is no regular expression.
inline constexpr code wrong_unit = "U0406";             ///< An amount in a unit in which the account is not paid.
inline constexpr code unknown_name = "U0407";   ///< A template names something that neither params nor columns have.
inline constexpr code bad_sender = "U0408";     ///< A sender that no provider can show.
inline constexpr code wrong_alphabet = "U0409"; ///< A text that the chosen encoding cannot hold.
inline constexpr code text_too_long = "U0410";  ///< More segments than the job or the provider allows.
inline constexpr code path_outside_config = "U0411"; ///< A path that leaves the configuration folder.
inline constexpr code bad_csv = "U0412";             ///< The recipients' file cannot be used as it stands.
inline constexpr code recipients_choice = "U0413";   ///< Not exactly one of csv and list.
inline constexpr code bad_exclude = "U0414";         ///< None of the words that exclude knows.
inline constexpr code bad_window = "U0415";          ///< A window that cannot be read or never opens.
inline constexpr code too_many_at_once = "U0416";    ///< A chunk above what the provider takes in one call.
inline constexpr code bad_validity = "U0417";        ///< A validity that the provider cannot be told.
inline constexpr code bad_phone = "U0418";           ///< Not a Turkish mobile number.
inline constexpr code bad_limits = "U0419";          ///< Limits that contradict each other.
inline constexpr code bad_rate = "U0420";            ///< Not a price per thousand.
inline constexpr code bad_drip = "U0421";            ///< A drip that panels cannot be told.
inline constexpr code csv_missing = "U0422";         ///< The recipients' file is not there yet (warning).
inline constexpr code not_a_number = "U0423";        ///< A number was expected.
inline constexpr code duplicate_account = "U0424";   ///< The same account twice in one list.
inline constexpr code bad_wait = "U0425";            ///< Waits that contradict each other.
inline constexpr code bad_extra = "U0426";           ///< A field of `extra` that cannot be sent.
inline constexpr code replaced_letters = "U0428";    ///< Letters of a text that others are sent for (warning).
inline constexpr code dear_letters = "U0429";        ///< Letters that make a text cost more segments (warning).
inline constexpr code unknown_price = "U0430";       ///< What a segment costs has not been told yet (warning).
inline constexpr code bad_rows = "U0431";    ///< Rows of the recipients' file without a usable number (warning).
inline constexpr code no_approval = "U0432"; ///< approve: other where nobody is there to approve.

} // namespace ulak::kinds::codes
