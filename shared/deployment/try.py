"""Deploys the part of an expanded stack that LocalStack has, and looks at it: try.py ENDPOINT STACK. See try."""

import collections
import json
import re
import sys

import boto3
from botocore.exceptions import WaiterError
from samtranslator.yaml_helper import yaml_parse

HAS = [
    "AWS::CloudWatch::Alarm",
    "AWS::DynamoDB::Table",
    "AWS::IAM::ManagedPolicy",
    "AWS::IAM::Role",
    "AWS::Logs::LogGroup",
    "AWS::SecretsManager::Secret",
    "AWS::SQS::Queue",
    "AWS::SQS::QueuePolicy",
]
STACK = "turnout-try"


def reduced(value, gone):
    """The value, with what is not deployed here named in place of its attributes."""
    if isinstance(value, list):
        return [reduced(each, gone) for each in value]
    if not isinstance(value, dict):
        return value
    if value.get("Ref") in gone:
        return value["Ref"]
    if "Fn::GetAtt" in value and value["Fn::GetAtt"][0] in gone:
        name, attribute = value["Fn::GetAtt"]
        return f"arn:aws:iam::000000000000:role/{name}" if attribute.endswith("Arn") else f"{name}.{attribute}"
    if isinstance(value.get("Fn::Sub"), str):
        return {"Fn::Sub": re.sub(r"\$\{([^}.]+)[^}]*}", lambda m: m[1] if m[1] in gone else m[0], value["Fn::Sub"])}
    return {key: reduced(each, gone) for key, each in value.items()}


def main(endpoint, file):
    def client(service):
        return boto3.client(service, endpoint_url=endpoint)

    with open(file, encoding="utf-8") as opened:
        stack = json.load(opened)
    kept = {name: each for name, each in stack["Resources"].items() if each["Type"] in HAS}
    gone = set(stack["Resources"]) - set(kept)
    for each in kept.values():
        each.pop("DependsOn", None)
    template = {
        "Parameters": stack["Parameters"],
        "Conditions": stack["Conditions"],
        "Resources": reduced(kept, gone),
    }
    with open("shared/deployment/production.yaml", encoding="utf-8") as opened:
        stage = {**yaml_parse(opened.read()), "Stage": "try"}

    s3 = client("s3")
    s3.create_bucket(Bucket="templates", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})

    cloudformation = client("cloudformation")

    s3.put_object(Bucket="templates", Key="stack.json", Body=json.dumps(template).encode())
    cloudformation.create_stack(
        StackName=STACK,
        TemplateURL=f"{endpoint}/templates/stack.json",
        Capabilities=["CAPABILITY_IAM"],
        Parameters=[{"ParameterKey": key, "ParameterValue": str(value)} for key, value in stage.items()],
    )
    try:
        wait(cloudformation, "create")
    except WaiterError:
        for event in cloudformation.describe_stack_events(StackName=STACK)["StackEvents"]:
            if event["ResourceStatus"].endswith("FAILED"):
                print(f"try: {event['LogicalResourceId']}: {event.get('ResourceStatusReason')}", file=sys.stderr)
        sys.exit("try: the stack could not be made")
    print(f"try: {len(kept)} of {len(stack['Resources'])} resources are there:")
    for type_, count in sorted(collections.Counter(each["Type"] for each in kept.values()).items()):
        print(f"try:   {count:3} {type_}")

    physical = {}
    for page in cloudformation.get_paginator("list_stack_resources").paginate(StackName=STACK):
        for each in page["StackResourceSummaries"]:
            physical[each["LogicalResourceId"]] = each["PhysicalResourceId"]
            assert each["ResourceStatus"] == "CREATE_COMPLETE", each
    assert set(physical) == set(kept), set(kept) ^ set(physical)

    queues(client("sqs"), kept, physical)
    tables(client("dynamodb"), kept, physical)
    secrets(client("secretsmanager"), kept, physical)
    alarms(client("cloudwatch"), kept, physical)
    privileges(client("iam"), kept, physical)
    logs(client("logs"), kept)

    cloudformation.delete_stack(StackName=STACK)
    wait(cloudformation, "delete")
    assert "QueueUrls" not in client("sqs").list_queues(), "queues are left behind"
    assert client("dynamodb").list_tables()["TableNames"] == [], "tables are left behind"
    print("try: deployed, looked at and deleted")


def wait(cloudformation, how):
    cloudformation.get_waiter(f"stack_{how}_complete").wait(
        StackName=STACK, WaiterConfig={"Delay": 1, "MaxAttempts": 200}
    )


def of(kept, type_):
    return {name: each["Properties"] for name, each in kept.items() if each["Type"] == type_}


def queues(sqs, kept, physical):
    for name, written in of(kept, "AWS::SQS::Queue").items():
        url = physical[name]
        has = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
        assert int(has["MessageRetentionPeriod"]) == written["MessageRetentionPeriod"], name
        if "RedrivePolicy" in written:
            assert int(has["VisibilityTimeout"]) == written["VisibilityTimeout"], name
            redrive = json.loads(has["RedrivePolicy"])
            assert int(redrive["maxReceiveCount"]) == 5, name
            dead = name.replace("Queue", "DeadLetterQueue")
            assert redrive["deadLetterTargetArn"].split(":")[-1] == physical[dead].split("/")[-1], name
        if written.get("FifoQueue"):
            assert has["FifoQueue"] == "true" and url.endswith(".fifo"), name
    for name, written in of(kept, "AWS::SQS::QueuePolicy").items():
        url = physical[written["Queues"][0]["Ref"]]
        policy = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["Policy"])["Attributes"]["Policy"]
        assert '"Deny"' in policy, name


def tables(dynamodb, kept, physical):
    for name, written in of(kept, "AWS::DynamoDB::Table").items():
        table = physical[name]
        has = dynamodb.describe_table(TableName=table)["Table"]
        assert has["KeySchema"] == written["KeySchema"], name
        live = dynamodb.describe_time_to_live(TableName=table)["TimeToLiveDescription"]
        assert live["AttributeName"] == "expires_at", name


def secrets(manager, kept, physical):
    values = set()
    for name, written in of(kept, "AWS::SecretsManager::Secret").items():
        value = manager.get_secret_value(SecretId=physical[name])["SecretString"]
        made = written["GenerateSecretString"]
        if "GenerateStringKey" in made:
            value = json.loads(value)[made["GenerateStringKey"]]
        assert re.fullmatch("[A-Za-z0-9]{64}", value), name
        values.add(value)
    assert len(values) == len(of(kept, "AWS::SecretsManager::Secret")), "secrets are alike"


def alarms(cloudwatch, kept, physical):
    there = {}
    for page in cloudwatch.get_paginator("describe_alarms").paginate():
        there.update((each["AlarmName"], each) for each in page["MetricAlarms"])
    for name, written in of(kept, "AWS::CloudWatch::Alarm").items():
        has = there[physical[name]]
        assert has["MetricName"] == written["MetricName"], name
        for dimension in has["Dimensions"]:
            if dimension["Name"] == "QueueName":
                queue = written["Dimensions"][0]["Value"]["Fn::GetAtt"][0]
                assert dimension["Value"] == physical[queue].split("/")[-1], name


def privileges(iam, kept, physical):
    for name, written in of(kept, "AWS::IAM::Role").items():
        role = physical[name]
        policies = iam.list_role_policies(RoleName=role)["PolicyNames"]
        assert len(policies) == len(written.get("Policies", [])), name
        if "lambda.amazonaws.com" in json.dumps(written["AssumeRolePolicyDocument"]):
            boundary = iam.get_role(RoleName=role)["Role"]["PermissionsBoundary"]["PermissionsBoundaryArn"]
            assert boundary == physical["FunctionBoundary"], name


def logs(client, kept):
    """Their ends it does not know."""
    groups = client.describe_log_groups(logGroupNamePrefix="/turnout/try/")["logGroups"]
    assert len(groups) == len(of(kept, "AWS::Logs::LogGroup")), groups


main(*sys.argv[1:])
