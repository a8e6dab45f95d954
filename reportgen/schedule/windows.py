"""Windows: a task for its Task Scheduler, as the XML that ``schtasks`` takes."""

from __future__ import annotations

from xml.sax.saxutils import escape

from reportgen.schedule.job import LONGEST_NIGHT_H, NOTICE_LINES, Job, UnitFile

# Priority 7, the default of tasks, is below that of every other program, and would be measured. A machine on its battery is slowed down.
TASK = """\
<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>{description}</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>2020-01-01T{hour:02d}:{minute:02d}:00</StartBoundary>
      <Enabled>true</Enabled>
      <ScheduleByDay>
        <DaysInterval>1</DaysInterval>
      </ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>true</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>true</StopIfGoingOnBatteries>
    <StartWhenAvailable>false</StartWhenAvailable>
    <Enabled>true</Enabled>
    <WakeToRun>true</WakeToRun>
    <ExecutionTimeLimit>PT{longest}H</ExecutionTimeLimit>
    <Priority>4</Priority>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>powershell.exe</Command>
      <Arguments>{arguments}</Arguments>
      <WorkingDirectory>{folder}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"""
# A message that nobody closes must not keep the next night from starting. In seconds.
SHOWN_S = 12 * 3600
# An exclamation mark, in the numbering of that dialogue.
EXCLAMATION = 48


def files(job: Job) -> tuple[UnitFile, ...]:
    """Return the task. ``schtasks`` takes UTF-16 only."""
    text = TASK.format(
        description=escape(job.description),
        hour=job.hour,
        minute=job.minute,
        longest=LONGEST_NIGHT_H,
        arguments=escape(f'-NoProfile -NonInteractive -ExecutionPolicy Bypass -Command "{script(job)}"'),
        folder=escape(str(job.folder)),
    )
    return (UnitFile(name=f"{job.name}.xml", place="the Task Scheduler", text=text, encoding="utf-16"),)


def literal(text: str) -> str:
    """Return a text as PowerShell takes it word for word; a quotation mark would end the argument that the script is."""
    return "'" + text.replace("'", "''").replace('"', '\\"') + "'"


def script(job: Job) -> str:
    """Return the PowerShell commands: the program, its output to the log, a notice unless all went well, and the exit code for the task's history."""
    log = literal(str(job.log))
    text = f"{literal(job.description + ' ended with exit code ')} + $code + {literal(f' ({job.meanings}). The end of {job.log}:')}"
    tell = (
        f"$text | & {{ {job.notify.replace(chr(34), chr(92) + chr(34))} }}"
        if job.notify
        else f"[void](New-Object -ComObject WScript.Shell).Popup($text, {SHOWN_S}, 'reportgen', {EXCLAMATION})"
    )
    return "; ".join(
        [
            *(f"$env:{name} = {literal(value)}" for name, value in job.variables.items()),
            "$env:PYTHONUTF8 = '1'",
            "[Console]::OutputEncoding = [Text.Encoding]::UTF8",
            f"& {' '.join(map(literal, job.command))} 2>&1 | ForEach-Object {{ [string]$_ }} | Out-File -FilePath {log} -Append -Encoding utf8",
            "$code = $LASTEXITCODE",
            f"if ($code -ne 0) {{ $text = ({text}), (Get-Content {log} -Tail {NOTICE_LINES}) | Out-String; {tell} }}",
            "exit $code",
        ]
    )
