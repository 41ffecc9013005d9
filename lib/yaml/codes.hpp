// The codes of problems in files. A code never changes its meaning and is never given out again: people search for it.
// U01xx the file and its syntax · U02xx keys and types · U03xx what all jobs mean · from U04xx on: kinds and ulak.yaml.
#pragma once

#include <string_view>

namespace ulak::yaml::codes {

using code = std::string_view;

inline constexpr code file_missing = "U0101";  ///< There is no such file.
inline constexpr code dangling_link = "U0102"; ///< The name is a link to something that does not exist.
inline constexpr code is_folder = "U0103";     ///< The name is a folder.
inline constexpr code not_a_file =
    "U0104"; ///< The name is a FIFO, a socket or a device; reading it could wait for ever.
inline constexpr code unreadable = "U0105";        ///< The file may not or cannot be read.
inline constexpr code too_large = "U0106";         ///< The file is larger than any file of ours needs to be.
inline constexpr code empty_file = "U0107";        ///< The file holds nothing but blanks and comments.
inline constexpr code not_utf8 = "U0108";          ///< Bytes that are not UTF-8.
inline constexpr code control_character = "U0109"; ///< A control character, as it is or by an escape such as "\0".
inline constexpr code syntax = "U0110";            ///< The text is not YAML.
inline constexpr code tab = "U0111";               ///< A tab in the indentation; YAML wants blanks.
inline constexpr code second_document = "U0112";   ///< A second document; one file holds one.
inline constexpr code anchor = "U0113";            ///< An anchor (&name); files say what they mean in place.
inline constexpr code alias = "U0114";             ///< An alias (*name).
inline constexpr code tag = "U0115";               ///< A tag (!name); the table of keys gives the types.
inline constexpr code too_deep = "U0116";          ///< Nested too deeply.
inline constexpr code too_many_values = "U0117";   ///< More values than any file of ours needs to hold.
inline constexpr code no_colon = "U0118";          ///< A name without ": ", as in {a:1}.
inline constexpr code glued_item = "U0119";        ///< A list item that YAML reads as part of the text above it.
inline constexpr code open_quote = "U0120";        ///< A quote that is never closed.
inline constexpr code too_many_problems = "U0121"; ///< The file has more problems than are shown.
inline constexpr code leads_out = "U0122";         ///< A link that leads out of the folder, or to a secret.
inline constexpr code open_to_others = "U0130";    ///< Somebody else than its owner can change the file or folder.

inline constexpr code unknown_key = "U0201";   ///< A key that is not in the table.
inline constexpr code duplicate_key = "U0202"; ///< The same key twice in one record.
inline constexpr code missing_key = "U0203";   ///< A required key is not there.
inline constexpr code wrong_type = "U0204";    ///< The value cannot be read as what the key holds.
inline constexpr code no_value = "U0205";      ///< A key without a value.
inline constexpr code out_of_range = "U0206";  ///< Too small, too large, too short or too long.
inline constexpr code not_a_choice = "U0207";  ///< None of the words that the key allows.
inline constexpr code merge_key = "U0208";     ///< A merge key (<<).
inline constexpr code key_not_text = "U0209";  ///< A key that is a list, a record or nothing.
inline constexpr code lone_scalar = "U0210";   ///< One value where a list belongs: [value].
inline constexpr code bad_secret = "U0211";    ///< Not exactly one of secret, file and env, or an unusable name.

inline constexpr code version = "U0301";            ///< A version of the file format that this program does not know.
inline constexpr code unknown_kind = "U0302";       ///< There is no such kind of job.
inline constexpr code schedule_choice = "U0303";    ///< Not exactly one of cron, every and at.
inline constexpr code cron = "U0304";               ///< The cron expression cannot be read.
inline constexpr code cron_misleading = "U0305";    ///< A step that does not divide the hour or day (warning).
inline constexpr code never_fires = "U0306";        ///< No day fits, as for 30 February.
inline constexpr code time_zone = "U0307";          ///< An unknown time zone.
inline constexpr code point_in_time = "U0308";      ///< `at` is no date and time.
inline constexpr code moved_time = "U0309";         ///< `at` does not exist or exists twice on that day (warning).
inline constexpr code idle_key = "U0310";           ///< A key that has no effect with the others.
inline constexpr code jitter = "U0311";             ///< A jitter that could reach the next firing.
inline constexpr code parameter_name = "U0312";     ///< A parameter's name that templates cannot use.
inline constexpr code parameter_limits = "U0313";   ///< min and max of a parameter that exclude each other or its type.
inline constexpr code parameter_default = "U0314";  ///< A default that its own parameter would refuse.
inline constexpr code unknown_channel = "U0315";    ///< notify.to names no channel of ulak.yaml.
inline constexpr code budget_missing = "U0316";     ///< A kind that spends needs a limit in its budget.
inline constexpr code budget_limits = "U0317";      ///< Limits of a budget that contradict each other.
inline constexpr code template_syntax = "U0318";    ///< A template that cannot be read.
inline constexpr code unused_parameter = "U0320";   ///< No template holds the parameter (warning).
inline constexpr code template_lookalike = "U0321"; ///< What other programs would fill in, and Ulak sends (warning).
inline constexpr code stray_quote = "U0322";        ///< A text that ends in a quote which opens nowhere (warning).
inline constexpr code job_name = "U0319";           ///< The file's name cannot be a job's name.

} // namespace ulak::yaml::codes
