// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/populationsource.h"

#include "models/textfile.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QLocale>

namespace edgewise::models {

using namespace Qt::StringLiterals;

namespace {

/// A file that tells how much of it was read.
class CountedFile : public QFile {
public:
    CountedFile(const QString &name, std::shared_ptr<JobProgress> progress)
        : QFile(name), m_progress(std::move(progress))
    {
    }

protected:
    qint64 readData(char *data, qint64 length) override
    {
        const qint64 read = QFile::readData(data, length);
        if (read > 0)
            m_progress->bytesDone += read;
        return read;
    }

private:
    std::shared_ptr<JobProgress> m_progress;
};

bool isJsonLines(const QString &file)
{
    return file.endsWith(u".jsonl"_qs, Qt::CaseInsensitive)
           || file.endsWith(u".ndjson"_qs, Qt::CaseInsensitive);
}

} // namespace

Result<OpenPopulation> OpenPopulation::open(const PopulationSource &source,
                                            const std::shared_ptr<JobProgress> &progress)
{
    OpenPopulation opened;
    if (source.isGenerated()) {
        opened.m_population = evaluation::generatedPopulation(source.plan);
        return opened;
    }
    auto file = std::make_unique<CountedFile>(source.file, progress);
    if (!file->open(QIODevice::ReadOnly))
        return fileError(u"reading entities"_qs, *file);
    opened.m_population = isJsonLines(source.file) ? evaluation::jsonLinesPopulation(*file)
                                                   : evaluation::csvPopulation(*file);
    opened.m_device = std::move(file);
    return opened;
}

QString describe(const PopulationSource &source)
{
    if (!source.isGenerated())
        return QFileInfo(source.file).fileName();
    return QCoreApplication::translate("edgewise::models::PopulationSource",
                                       "%1 generated entities")
        .arg(QLocale().toString(source.plan.count));
}

Result<evaluation::PopulationPlan> readPlan(const QString &file)
{
    const Result<QByteArray> text = readTextFile(u"reading a population"_qs, file);
    return text ? evaluation::parsePlan(*text) : Result<evaluation::PopulationPlan>(text.error());
}

Result<void> writePlan(const evaluation::PopulationPlan &plan, const QString &file)
{
    return writeTextFile(u"saving a population"_qs, file, evaluation::printPlan(plan));
}

} // namespace edgewise::models
