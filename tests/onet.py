"""A small release of O*NET, as its text is laid out."""

from __future__ import annotations

from pathlib import Path

TABLES = {
    "Occupation Data": "O*NET-SOC Code\tTitle\tDescription\n"
    "45-9999.00\tKite Menders\tMend kites and their lines.\n"
    "45-9999.01\tKite Painters\tPaint kites by hand.\n",
    "Alternate Titles": "O*NET-SOC Code\tAlternate Title\tShort Title\tSource(s)\n"
    "45-9999.00\tKite Repair Technician (KRT)\tn/a\t08\n"
    '45-9999.01\tKite "Colorist"\tColorist\t08\n',
    "Sample of Reported Titles": "O*NET-SOC Code\tReported Job Title\tShown in My Next Move\n"
    "45-9999.00\tLine Mender\tY\n",
    "Task Statements": "O*NET-SOC Code\tTask ID\tTask\tTask Type\tIncumbents Responding\tDate\tDomain Source\n"
    "45-9999.00\t1\tSweep the loft.\tSupplemental\t40\t08/2023\tIncumbent\n"
    "45-9999.00\t2\tSew torn sails.\tCore\t35\t08/2023\tIncumbent\n",
    "Skills": "O*NET-SOC Code\tElement ID\tElement Name\tScale ID\tData Value\tN\tStandard Error\tLower CI Bound\t"
    "Upper CI Bound\tRecommend Suppress\tNot Relevant\tDate\tDomain Source\n"
    "45-9999.00\t2.A.1.a\tReading\tIM\t4.12\t8\t0.1\t3.9\t4.3\tN\t\t08/2023\tAnalyst\n"
    "45-9999.00\t2.A.1.a\tReading\tLV\t5.00\t8\t0.1\t3.9\t4.3\tN\tN\t08/2023\tAnalyst\n"
    "45-9999.00\t2.A.1.b\tListening\tIM\t2.10\t8\t0.1\t3.9\t4.3\tN\t\t08/2023\tAnalyst\n"
    "45-9999.00\t2.A.1.c\tGuessing\tIM\t4.90\t8\t0.1\t3.9\t4.3\tY\t\t08/2023\tAnalyst\n",
    "Content Model Reference": "Element ID\tElement Name\tDescription\n2.A.1.a\tReading\tReading what is on a label.\n",
    "Job Zones": "O*NET-SOC Code\tJob Zone\tDate\tDomain Source\n45-9999.00\t2\t08/2023\tAnalyst\n",
    "Job Zone Reference": "Job Zone\tName\tExperience\tEducation\tJob Training\tExamples\tSVP Range\n"
    "2\tJob Zone Two: A Little\tSome helps.\tSchool is enough.\tA month or two.\tn/a\t(4.0)\n",
    "Education, Training, and Experience": "O*NET-SOC Code\tElement ID\tElement Name\tScale ID\tCategory\t"
    "Data Value\tN\tRecommend Suppress\n"
    "45-9999.00\t2.D.1\tRequired Level of Education\tRL\t2\t81.50\t28\tN\n"
    "45-9999.00\t2.D.1\tRequired Level of Education\tRL\t3\t4.46\t28\tN\n",
    "Education, Training, and Experience Categories": "Element ID\tElement Name\tScale ID\tCategory\t"
    "Category Description\n2.D.1\tRequired Level of Education\tRL\t2\tHigh School Diploma\n",
    "Related Occupations": "O*NET-SOC Code\tRelated O*NET-SOC Code\tRelatedness Tier\tIndex\n"
    "45-9999.00\t45-9999.01\tPrimary-Short\t1\n",
    "Technology Skills": "O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\tHot Technology\tIn Demand\n"
    "45-9999.00\tKiteCAD\t1\tDrawing software\tN\tN\n45-9999.00\tSheetPro\t2\tSpreadsheet software\tY\tY\n",
    "Read Me": "O*NET 30.1 Database\nDecember 2025 Release\n",
}


def write_release(folder: Path, **changed: str | None) -> Path:
    """Write the release into a folder, some of its tables with other texts, or without them."""
    folder.mkdir(exist_ok=True)
    given = {name.replace("_", " "): text for name, text in changed.items()}
    for name, text in {**TABLES, **given}.items():
        if text is not None:
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder
