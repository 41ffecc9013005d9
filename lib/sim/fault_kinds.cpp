#include "sim/fault.hpp"

namespace ulak::sim {

const std::vector<fault_kind>& fault_kinds()
{
    static const std::vector<fault_kind> kinds = {
        // any call
        {"drop-before", "close the connection without answer; nothing was done"},
        {"drop-after", "do it, then close without answer (accept and drop)"},
        {"reset", "reset the connection; nothing was done"},
        {"reset-after", "do it, then reset the connection"},
        {"delay", "do it at once, answer after MS milliseconds (or 2s, 1m)"},
        {"delay-before", "wait MS milliseconds, then do it and answer"},
        {"html", "200 with an HTML login page; nothing was done"},
        {"html-after", "do it, answer 200 with an HTML page"},
        {"empty", "do it, answer 200 with an empty body"},
        {"truncate", "do it, cut the body after BYTES (default: half)"},
        {"garbage-after", "do it, write bytes after the answer"},
        {"warning-around", "do it, PHP warnings before and after the JSON"},
        {"bom", "do it, a byte order mark before the JSON"},
        {"auth", "refuse the credentials in the protocol's own way (also: 401)"},
        {"no-balance", "refuse for lack of money, in the protocol's own way"},
        {"ids-text", "ids as strings"},
        {"ids-int", "ids as integers"},
        // SMS
        {"status-missing", "leave the status out of the answer"},
        {"status-present", "toplusms URL send: with \"status\":\"success\""},
        {"queue-id-missing", "do it, answer without queueId or order.id"},
        {"error", "toplusms: answer errorCode N (default 99); nothing was done"},
        {"code", "iletimerkezi: answer status code N, mirrored; nothing was done (also: 451)"},
        {"code-text", "iletimerkezi: \"code\" as a string"},
        {"code-int", "iletimerkezi and numbers: \"code\" as an integer"},
        {"numbers-int", "iletimerkezi report: numbers as integers"},
        {"drops-number", "take the send, forget N recipients (default 1)"},
        {"undelivered", "the last N recipients (default 1) of this send are not reached"},
        {"report-misses-number", "the report leaves out N numbers (default 1)"},
        {"report-never-completes", "this send stays in progress for ever"},
        // numbers
        {"no-stock", "nothing to be had"},
        {"sms-never", "no SMS comes for the number ordered by this call"},
        {"sms-late", "the SMS comes D after the order"},
        {"sms-at-cancel",
         "the SMS comes when cancel is asked: false (or :true) is answered, the next poll shows the code"},
        {"number-dies", "the provider cancels this number D after the order, with refund"},
        {"cancel-refused",
         "cancel answers false: always, the first N times of a number, or in the first D of its life"},
        {"cancel-timeout", "do it, answer after D (default 10m)"},
        {"refund-missing", "the cancel, expiry, partial or canceled end pays nothing back"},
        {"code-string", "the code as a string"},
        {"code-null", "status 1 with a null code (also: code-missing)"},
        {"code-empty", "waiting and received show \"\" where null or the code belongs"},
        {"code-raw-zero", "the code as bare digits with leading zeros, which is not JSON"},
        {"code-text-message", "the whole SMS text where the code belongs"},
        {"code-field", "tamonay: the SMS in this JSON pointer below data, sms_code by default"},
        {"details-object", "getServiceDetails answers one object"},
        {"details-alone", "getServiceDetails answers an array of one"},
        {"details-array", "getServiceDetails answers an array of two (default)"},
        {"list-shape", "tamonay lists: plain, inside (default) or meta"},
        {"price", "the order costs this amount, whatever the list says"},
        {"charged-twice", "the order costs twice its price"},
        // panel
        {"order-partial", "the order will end as Partial with N remaining (default a quarter)"},
        {"order-canceled", "the order will end as Canceled"},
        {"order-stuck", "the order never moves on"},
        {"order-missing", "a status answer leaves this call's orders out"},
        {"active-link", "refuse a link that has an active order"},
        {"status-word", "the status shown is this word"},
    };
    return kinds;
}

} // namespace ulak::sim
