// Turkish mobile numbers: ten digits that begin with 5.
#pragma once

#include "core/error.hpp"

#include <compare>
#include <ostream>
#include <string>
#include <string_view>

namespace ulak {

/// A number that an SMS can be sent to, "5551112233". Rented numbers of other countries are plain text and never
/// become one of these.
class phone {
  public:
    /// Accepts 5551112233, 05551112233, 905551112233, +90 555 111 22 33, 0(555)111 22 33, 0090-555-111-22-33; blanks
    /// of every kind, brackets, dashes, slashes and the dots between groups are dropped, and so is what a spreadsheet
    /// leaves: ="0555…", '0555…, 5551112233.0. A zero behind the country code, as in "+90 0555
    /// …", is dropped too. Anything else: errc::invalid_argument with what is wrong with it ("9 digits, 10 are
    /// needed").
    static result<phone> parse(std::string_view text);

    const std::string& digits() const noexcept { return digits_; } ///< ten digits
    std::string masked() const;                                    ///< "555***2233"

    friend bool operator==(const phone& a, const phone& b) noexcept { return a.digits_ == b.digits_; }
    friend auto operator<=>(const phone& a, const phone& b) noexcept { return a.digits_ <=> b.digits_; }
    friend std::ostream& operator<<(std::ostream& out, const phone& p) { return out << p.digits_; }

  private:
    explicit phone(std::string digits) : digits_(std::move(digits)) {}
    std::string digits_;
};

/// Masks the middle of any number, of any country: "+65789654123" becomes "+65***4123". At least three digits are
/// hidden; of short numbers the last two stay, of very short ones and of other texts nothing.
std::string mask_number(std::string_view number);

/// A text with every number masked as above, however it is written (core/number_search.hpp): "call 0555 111 22 33"
/// becomes "call 055***2233". Texts of providers and files may hold a number anywhere.
std::string mask_long_numbers(std::string_view text);

} // namespace ulak
