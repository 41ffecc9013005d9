#include "kinds/sms_send/load_message.hpp"

#include "core/letter_name.hpp"
#include "core/text.hpp"
#include "core/wall_time.hpp"
#include "kinds/sms_send/measure.hpp"

#include <algorithm>

namespace ulak::kinds::sms {
namespace {

using namespace std::chrono_literals;

/// TopluSMS documents 1 to 48 hours.
constexpr std::chrono::hours longest_validity(48);

/// What every operator shows as a sender.
bool sender_letter(char c)
{
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return letter || c == ' ' || c == '*' || c == '-' || c == '.';
}

void check_sender(checker& check, const yaml::reader& r, const std::string& sender)
{
    const bool fits =
        sender.size() >= 3 && sender.size() <= 11 && std::all_of(sender.begin(), sender.end(), sender_letter);
    if (!fits)
        check.error(r, "sender", codes::bad_sender,
                    "a sender has 3 to 11 ASCII letters, digits, blanks, * - or dots, not \"" + printable(sender, 40) +
                        "\"");
}

encoding_choice encoding_of(const std::string& text)
{
    if (text == "tr")
        return encoding_choice::turkish;
    return text == "en" ? encoding_choice::english : encoding_choice::automatic;
}

unsupported_letters unsupported_of(const std::string& text)
{
    if (text == "skip")
        return unsupported_letters::skip;
    return text == "stop" ? unsupported_letters::stop : unsupported_letters::replace;
}

std::string names_of(const std::u32string& letters)
{
    std::string all;
    for (const char32_t letter : letters)
        append_joined(all, ", ", letter_name(letter));
    return all;
}

/// With unknown columns the template's names are checked when the run opens the file.
void read_text(checker& check, const yaml::reader& r, const std::vector<std::string>& columns, bool columns_known,
               message_settings& m)
{
    if (columns_known) {
        m.text = check.text(r, "text", columns, job::letters::turkish);
    } else if (auto t = job::text_template::parse(r.text("text"))) {
        m.text = std::move(*t);
    } else {
        check.error(r, "text", codes::unknown_name, t.error().message);
    }
}

void read_validity(checker& check, const yaml::reader& r, const providers::account& account, message_settings& m)
{
    if (!r.has("validity"))
        return;
    const auto given = r.duration("validity");
    m.validity = std::chrono::duration_cast<std::chrono::hours>(given);
    if (!account.sms->takes_validity())
        check.error(r, "validity", codes::bad_validity, account.provider + " documents no validity");
    else if (*m.validity != given || *m.validity < 1h || *m.validity > longest_validity)
        check.error(r, "validity", codes::bad_validity, "validity is 1 to 48 whole hours, not " + duration_text(given));
}

/// What stands outside of the names is in every message: it has to fit by itself.
void check_literal_part(checker& check, const yaml::reader& r, const providers::account& account,
                        const message_settings& m)
{
    const std::string literal = literal_part(m.text);
    if (trim(literal).empty() && !m.text.is_literal())
        return; // all of it comes from names
    const text_limits limits = limits_of(m, account);
    const auto fits = measure(literal, limits);
    if (!fits)
        return check.error(r, "text",
                           refusal_reason(literal, limits) == too_long ? codes::text_too_long : codes::wrong_alphabet,
                           fits.error().message);
    if (!fits->replaced.empty())
        check.warning(r, "text", codes::replaced_letters,
                      "no SMS alphabet has " + names_of(fits->replaced) + ": other letters are sent in their place",
                      "message.unsupported says what becomes of such letters");
    if (fits->segments_without < fits->segments)
        check.warning(r, "text", codes::dear_letters,
                      fits->forced_by + " makes the text " + std::string(alphabet_word(fits->alphabet)) +
                          ": each message costs " + counted(static_cast<std::size_t>(fits->segments), "segment") +
                          ", without such letters " + std::to_string(fits->segments_without));
}

} // namespace

void read_message(checker& check, const yaml::reader& r, const std::vector<std::string>& columns, bool columns_known,
                  const providers::account& account, message_settings& m)
{
    m.commercial = r.text("type") == "commercial";
    m.sender = r.text("sender");
    m.recipient_type = m.commercial && account.sms->needs_recipient_type() ? r.text("recipient_type") : std::string();
    m.encoding = encoding_of(r.text("encoding"));
    m.unsupported = unsupported_of(r.text("unsupported"));
    m.max_segments = static_cast<std::size_t>(r.integer("max_segments"));
    check_sender(check, r, m.sender);
    read_text(check, r, columns, columns_known, m);
    read_validity(check, r, account, m);
    check_literal_part(check, r, account, m);
}

} // namespace ulak::kinds::sms
