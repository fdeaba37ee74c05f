// SPDX-License-Identifier: GPL-3.0-or-later
#include <features/parse.h>
#include <features/print.h>

#include <cstdlib>
#include <iostream>

/// Any bytes as features.yml and as JSON: refused with a place, or read; and what was read can be
/// printed, and the print reads as the same.
namespace {

using namespace edgewise;
using features::Format;

void demand(bool holds, const char *law, QByteArrayView text = {})
{
    if (holds)
        return;
    std::cerr << "Broken: " << law << '\n' << std::string_view(text.data(), size_t(text.size()));
    std::abort();
}

/// A negative zero is printed as Flipt does, "-0", which it reads as an integer without a sign.
QByteArray withoutSign(QByteArray text)
{
    return text.replace(" -0\n", " 0\n");
}

void checkPrint(const flags::Snapshot &snapshot, Format format)
{
    features::PrintOptions options;
    options.format = format;
    const auto printed = features::print(snapshot, options);
    demand(printed.has_value(), "what was read can be printed");
    const auto again = features::parse(printed->text, format);
    // A snapshot without namespaces prints as nothing, which is no JSON.
    if (printed->text.isEmpty())
        return;
    demand(again.has_value(), "what was printed can be read", printed->text);
    const auto twice = features::print(again->snapshot, options);
    demand(twice && withoutSign(twice->text) == withoutSign(printed->text), "printing is stable",
           printed->text);
}

void check(QByteArrayView text, Format format)
{
    const auto document = features::parse(text, format);
    if (!document) {
        demand(document.error().kind == Error::Kind::Input, "a refusal is Input");
        demand(document.error().detail.startsWith(u"line "), "a refusal tells its place");
        return;
    }
    demand(document->warnings.size() <= features::maximumWarnings, "warnings are bounded");
    for (const features::Warning &warning : document->warnings)
        demand(warning.line >= 0 && !warning.text.isEmpty(), "a warning says something");
    checkPrint(document->snapshot, Format::Yaml);
    checkPrint(document->snapshot, Format::Json);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    const QByteArrayView text(data, qsizetype(size));
    check(text, Format::Yaml);
    check(text, Format::Json);
    return 0;
}
